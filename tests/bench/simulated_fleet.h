#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "base/loop.h"
#include "bench/call_meter.h"
#include "bench/fleet_world.h"
#include "bench/random_draws.h"
#include "jobs/job_source.h"

namespace restorewatch::testing_fleet {

/// An Atlas with its client, without sockets: answers about a FleetWorld come through the loop
/// after a drawn latency, every call passes the budget as the real client's do, and Atlas's own
/// limits are enforced.
class SimulatedFleet final : public JobSource {
 public:
  struct Options {
    std::chrono::milliseconds fastest_answer{50};
    std::chrono::milliseconds slowest_answer{300};
    std::size_t jobs_a_page = 500;
    RateLimit limit{1200, 500};  // of each project and set of endpoints
  };

  /// Told of each question of the poller: for a list, or for a single job.
  using OnQuestion = std::function<void(TargetNumber)>;

  /// All must outlive the fleet.
  SimulatedFleet(Options options, FleetWorld& world, const Clock& clock, Loop& loop,
                 OnQuestion on_question);

  /// From now on. Must outlive the calls made.
  void set_budget(CallBudget& budget) { budget_ = &budget; }

  /// The daemon is gone, and its calls in flight with it.
  void forget_calls() { in_flight_ = 0; }

  /// Until then nothing is answered: connections are refused.
  void fail_until(SteadyTime until) { failing_until_ = until; }

  CallMeter& meter() { return meter_; }

  std::size_t most_in_flight() const { return most_in_flight_; }

  CallBucket bucket_of(const Target& target) const override;
  void list(const Target& target, Known known, ListDone done) override;
  void get(const Target& target, const JobId& id, GetDone done) override;

 private:
  struct Walk;   // through the pages of a list
  struct Query;  // for one job
  using Failed = std::optional<Error>;

  /// Makes one call when the budget lets it, and tells how it went. `done(Failed, sent at)`.
  template <typename Done>
  void call(TargetNumber target, CallKind kind, Done done);
  template <typename Done>
  void send(TargetNumber target, CallKind kind, Done done);
  template <typename Done>
  void answer(TargetNumber target, SteadyTime sent, CallMeter::Taken taken, Done done);

  void next_page(const std::shared_ptr<Walk>& walk);
  void page_came(const std::shared_ptr<Walk>& walk, Failed failed, WallTime sent);
  Result<RestoreJob> find(TargetNumber target, const JobId& id, WallTime sent) const;
  const CallBucket& bucket(TargetNumber target) const;

  Options options_;
  FleetWorld& world_;
  const Clock& clock_;
  Loop& loop_;
  OnQuestion on_question_;
  CallBudget* budget_ = nullptr;
  CallMeter meter_;
  std::vector<CallBucket> buckets_;
  RandomDraws draws_{7};
  SteadyTime failing_until_{};
  std::size_t in_flight_ = 0;
  std::size_t most_in_flight_ = 0;
};

}  // namespace restorewatch::testing_fleet
