#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "simulator/access.h"
#include "simulator/answer.h"
#include "simulator/body_cache.h"
#include "simulator/digest.h"
#include "simulator/endpoints.h"
#include "simulator/fault_list.h"
#include "simulator/rate_buckets.h"
#include "simulator/request_counts.h"
#include "simulator/resources.h"
#include "simulator/tokens.h"
#include "simulator/truth.h"
#include "simulator/virtual_clock.h"
#include "simulator/world.h"

namespace atlas_simulator {

/// What to send, and in what manner if a fault is to be seen.
struct Reply {
  Answer answer;               // with status 0: nothing, the connection just ends
  std::optional<Fault> fault;  // Drip, Truncate, Huge and GzipBomb are the sender's to do
  std::vector<Shown> unshown;  // what the answer shows once it has arrived whole
};

/// Atlas without its network: judges requests and answers them. Thread-safe.
class Atlas {
 public:
  /// Blocks for the given time; false if the client left or the server is stopping.
  using Hold = std::function<bool(Millis)>;

  Atlas(const Scenario& scenario, std::shared_ptr<VirtualClock> clock);

  /// `hold` is called without any lock, for faults that let a client wait.
  Reply reply(const ApiRequest& request, const Hold& hold);

  /// Notes what a slow answer showed, once it was sent whole.
  void show(const std::vector<Shown>& jobs);

  void add_fault(const Fault& fault);
  void clear_faults();

  /// The new jobs' ids; nothing if there is no such cluster. Throws ActionRefused for a job that
  /// the cluster cannot have.
  std::vector<std::string> add_job(const AddedJob& added);

  /// Does to a cluster or project what `action` says, as of now. Throws ActionRefused.
  void act(const Action& action);

  /// From now on these secrets are valid, whatever the scenario says. Throws ActionRefused where
  /// there is no such credential.
  void change(const SecretChange& change);

  /// From now on another client takes tokens. Throws ActionRefused where there is no such project.
  void drain(const Drain& drain);

  /// What the world was made from; it does not change.
  const Scenario& scenario() const { return scenario_; }

  void advance(Millis step) { clock_->advance(step); }
  std::string truth_json() const;

  /// All but the number of connections, which only the server knows.
  RequestCounts counts() const;

 private:
  /// A request as far as it has been judged before it is answered.
  struct Admission {
    RequestKind kind = RequestKind::Other;
    std::optional<Route> route;
    Reader reader;
    std::optional<Answer> refusal;
    std::optional<Fault> fault;
  };

  Admission admit(const ApiRequest& request);
  void admit_reader(const ApiRequest& request, Admission& admission);
  std::optional<std::string> authenticate(const ApiRequest& request, Answer& refusal);
  Reply answer(const ApiRequest& request, Admission& admission, const Hold& hold);
  Reply build(const ApiRequest& request, const Admission& admission);
  Served serve_resource(const ApiRequest& request, const Admission& admission);
  Served serve_version(const ApiRequest& request, const Admission& admission,
                       std::string_view version);
  std::optional<Answer> limit_rate(const ApiRequest& request, const Admission& admission,
                                   Answer& headers);
  Reader reader(const std::string& credential) const;

  const std::shared_ptr<VirtualClock> clock_;
  const Scenario scenario_;
  const VirtualTime start_;

  mutable std::mutex mutex_;  // guards all below
  mutable World world_;       // its events happen when somebody looks
  BodyCache bodies_;
  DigestGate digest_;
  Tokens tokens_;
  RateBuckets buckets_;
  FaultList faults_;
  Truth truth_;
  RequestCounts counts_;
};

}  // namespace atlas_simulator
