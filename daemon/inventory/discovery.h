#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "base/loop.h"
#include "base/telemetry.h"
#include "inventory/roster.h"

namespace restorewatch {

struct DiscoveryOptions {
  std::chrono::milliseconds interval{600'000};
  /// How soon something that has disappeared is asked for again, and how often at most a project is
  /// asked about on request.
  std::chrono::milliseconds confirm_after{60'000};
  /// How long to wait for an answer. One that comes later is not listened to: its question has
  /// counted as failed, so that a single one holds up neither the others nor the next round.
  std::chrono::milliseconds give_up_after{600'000};
};

/// Finds out which projects and clusters there are: once at the start, then every interval, and one
/// project out of turn when somebody meets a cluster that is not what it was. A few questions are
/// under way at a time, of one project never two. Works on the loop's thread; only load() blocks.
/// Must outlive the loop's work.
class Discovery {
 public:
  /// All must outlive the discovery.
  struct Deps {
    Loop& loop;
    const Clock& clock;
    Directory& directory;
    InventoryStore& store;
    Telemetry& telemetry;
    Log log;
    /// Takes each new inventory, on the loop's thread.
    std::function<void(std::shared_ptr<const Inventory>)> publish;
  };

  Discovery(DiscoveryOptions options, Wanted wanted, Deps deps);

  /// Reads what an earlier run knew. Before start().
  Status load();

  /// Publishes what is known and begins to ask. On the loop's thread.
  void start();

  /// Other options, and something else that is wanted. Asks at once if there may be something new
  /// to see: another thing is wanted, or `ask` says so. On the loop's thread.
  void reconfigure(const DiscoveryOptions& options, Wanted wanted, bool ask);

  /// The project seems to have changed. Asked about soon, but no more often than the options say.
  /// On the loop's thread.
  void look_again(const ProjectId& project);

  /// Asks nothing more, and listens to no answer. On the loop's thread.
  void stop() { stopping_ = true; }

 private:
  void keep_asking();
  void plan_to_ask(SteadyTime when);
  void begin_round();
  void begin_anew();
  void all_projects_answered();
  void end_round();
  void tell_what_there_is();
  void confirm_soon();
  void look_at(const ProjectId& project, SteadyTime when, SteadyTime wished_at);
  void ask_next();
  void projects_answered(const std::string& credential, Result<Listed<Project>> answer);
  void answered(const ProjectId& project, Result<Listed<Cluster>> answer);
  void leave_alone(const ProjectId& project, const Error& error);
  bool is_left_alone(const ProjectId& project);
  void publish_soon();
  void publish();
  void tell_news();
  template <typename T>
  std::function<void(Result<T>)> in_time(std::function<void(Result<T>)> done);

  DiscoveryOptions options_;
  Wanted wanted_;
  Deps deps_;
  std::optional<Roster> roster_;
  std::set<ProjectId> waiting_;       // to be asked about
  std::set<ProjectId> in_flight_;     // asked about
  std::set<ProjectId> wanted_again_;  // by look_again(), not waiting yet
  std::set<ProjectId> wished_;        // waiting or in flight because of that
  std::map<ProjectId, SteadyTime> asked_at_;
  std::map<ProjectId, std::chrono::milliseconds> gaps_;  // before look_again() asks
  std::map<ProjectId, SteadyTime> not_before_;           // by Retry-After
  std::size_t lists_in_flight_ = 0;                      // questions about projects
  SteadyTime asked_all_at_;                              // when a round was due last
  std::uint64_t plan_ = 0;        // which of the plans to ask counts: the last one
  std::uint64_t generation_ = 0;  // of questions: answers to those before it come too late
  bool in_round_ = false;
  bool was_settled_ = false;  // the first round is over
  bool round_failed_ = false;
  bool publish_planned_ = false;
  bool stopping_ = false;

  prometheus::Family<prometheus::Gauge>& last_success_;  // empty until there is one
  prometheus::Family<prometheus::Counter>& rounds_;
};

}  // namespace restorewatch
