#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "base/loop.h"
#include "jobs/diff.h"
#include "jobs/job_source.h"
#include "jobs/job_store.h"
#include "jobs/snapshot.h"
#include "poller/backoff.h"
#include "poller/fleet.h"
#include "poller/poll_telemetry.h"
#include "poller/schedule.h"
#include "poller/sweep.h"

namespace restorewatch {

struct PollerOptions {
  std::chrono::milliseconds interval{60'000};
  std::chrono::milliseconds stale_after{900'000};
  std::chrono::milliseconds baseline_lookback{0};
  std::chrono::milliseconds lost_after{600'000};
  std::chrono::milliseconds retention = std::chrono::years(3);  // older requests are never news
  std::size_t max_in_flight = 32;
  bool spread = true;  // false: the first look at every target is at once
  bool per_job_series = false;
  std::chrono::milliseconds job_retention{0};
  std::size_t max_job_series = 0;
};

/// Looks at every target in turn: list, compare, commit, publish. Works on the loop's thread;
/// nothing in it blocks.
class Poller {
 public:
  /// All must outlive the poller.
  struct Deps {
    Loop& loop;
    const Clock& clock;
    JobSource& source;
    JobStore& store;
    Telemetry& telemetry;
    Log log;
    /// Takes each new snapshot, at most one a second. Called on the loop's thread.
    std::function<void(std::shared_ptr<const Snapshot>)> publish;
    /// Called when every target has been looked at once more. May be empty.
    std::function<void(const Sweep::Round&)> on_sweep;
    /// Called when a project is left alone for a while: a sweep will take as long. May be empty.
    std::function<void()> on_hold{};
  };

  Poller(PollerOptions options, Deps deps);

  /// Reads what the store knows of the targets. Blocks; before start().
  Status load(std::vector<Target> targets);

  /// Begins to look. On the loop's thread.
  void start();

  /// Begins no more looks, hands the last times over to the store, and publishes once more.
  /// On the loop's thread.
  void stop();

 private:
  using TargetIndex = std::size_t;
  struct Look;  // one look in flight

  void start_due_looks();
  void wake_for_next_turn();
  void start_look(TargetIndex index);
  void ask_for_next_unlisted(const std::shared_ptr<Look>& look);
  void conclude(const std::shared_ptr<Look>& look);
  LookFacts facts_of(const Look& look);
  std::vector<JobId> questions_for(const Look& look);
  void note_unreadable(const Look& look);
  void note_anomalies(const Look& look, const std::vector<AnomalySeen>& anomalies);
  void warn_of(const Look& look, std::string_view what, const std::string& job,
               std::string_view reason);
  void on_commit(const std::shared_ptr<Look>& look, const Diff& seen, CommitStatus status);
  void load_again(const Look& look);
  void finish(const Look& look);
  void look_succeeded(const Look& look);
  void look_failed(const Look& look, const Error& error);
  void hold_project(const Look& look, const Error& error);

  void remember_looks();
  void publish_soon();
  void publish_now();
  void keep_house();

  PollerOptions options_;
  Deps deps_;
  PollTelemetry telemetry_;
  SteadyTime started_;
  Fleet fleet_;
  Schedule schedule_;
  Sweep sweep_;
  std::map<ProjectId, Backoff> backoffs_;
  std::map<ProjectId, Schedule::GroupIndex> groups_;
  std::map<TargetIndex, std::set<std::string>> unreadable_reported_;
  std::map<TargetIndex, std::vector<JobId>> unseen_;  // in the last look: unreadable, not answered
  std::map<TargetIndex, JobId> asked_last_;           // of the unlisted jobs
  std::map<TargetKey, WallTime> looks_to_remember_;
  std::optional<SteadyTime> wake_planned_;
  std::optional<SteadyTime> published_at_;
  bool publish_planned_ = false;
  bool stopping_ = false;
};

}  // namespace restorewatch
