#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "base/loop.h"
#include "jobs/diff.h"
#include "jobs/job_source.h"
#include "jobs/job_store.h"
#include "jobs/snapshot.h"
#include "poller/atlas_time.h"
#include "poller/fleet.h"
#include "poller/odd_answers.h"
#include "poller/poll_telemetry.h"
#include "poller/rate_budget.h"
#include "poller/schedule.h"
#include "poller/sweep.h"
#include "poller/watch_plan.h"

namespace restorewatch {

struct PollerOptions {
  std::chrono::milliseconds interval{60'000};
  std::chrono::milliseconds collection_interval{300'000};  // of the collection source
  std::chrono::milliseconds active_interval{10'000};       // while a job is going on
  std::chrono::milliseconds full_sweep_interval{3'600'000};
  std::chrono::milliseconds stale_after{900'000};
  std::chrono::milliseconds baseline_lookback{0};
  std::chrono::milliseconds lost_after{600'000};
  std::chrono::milliseconds retention = std::chrono::years(3);  // older requests are never news
  std::size_t max_in_flight = 32;
  bool spread = true;  // false: the first look at every target is at once
  bool per_job_series = false;
  std::chrono::milliseconds job_retention{0};
  std::size_t max_job_series = 0;
  std::shared_ptr<const DrillRules> drills;          // null: every restore is one
  std::shared_ptr<const Policies> policies;          // null: none
  std::shared_ptr<const ObjectiveRules> objectives;  // to be shown; null: none

  std::chrono::milliseconds interval_of(Source source) const {
    return source == Source::Collection ? collection_interval : interval;
  }
};

Fleet::Options fleet_options_of(const PollerOptions& options);

/// Looks at every target in turn: list, compare, commit, publish. Works on the loop's thread.
class Poller {
 public:
  /// All must outlive the poller.
  struct Deps {
    Loop& loop;
    const Clock& clock;
    JobSource& source;
    JobStore& store;
    RateBudget& budget;  // that the source draws from
    Telemetry& telemetry;
    Log log;
    /// Takes each new snapshot, at most one a second. Called on the loop's thread.
    std::function<void(std::shared_ptr<const Snapshot>)> publish;
    /// Called when every target has been looked at once more, and discovery has ended once. May be
    /// empty.
    std::function<void(const Sweep::Round&)> on_sweep;
    /// Called when a cluster of the project is not what it was thought to be. May be empty.
    std::function<void(const ProjectId&)> on_not_found{};
  };

  Poller(PollerOptions options, Deps deps);

  /// Reads the totals that the store knows. Blocks; before start().
  Status load();

  /// Begins. There is nothing to look at until watch(). On the loop's thread.
  void start();

  /// Takes over what is to be looked at: new targets begin, others go on under their new names,
  /// and of those that are gone from Atlas the open jobs are lost. Reads the records of new targets
  /// from the store, which blocks for a moment. On the loop's thread.
  void watch(std::shared_ptr<const Inventory> inventory);

  /// Other options from now on, but for `spread`, which counts at the start only. Nothing that is
  /// remembered of a target is lost, and looks under way end by the options that they began with.
  /// On the loop's thread.
  void reconfigure(const PollerOptions& options);
  /// Retention: the store has dropped the jobs that had ended and were requested before `horizon`.
  /// On the loop's thread.
  void forget(WallTime horizon);

  /// Begins no more looks, hands the last times over to the store, and publishes once more.
  /// On the loop's thread.
  void stop();

 private:
  using TargetIndex = std::size_t;
  struct Look;  // one look in flight

  /// What is remembered of a target from one look to the next.
  struct Memory {
    std::vector<JobId> unseen;           // in the last look: unreadable, not answered
    JobId asked_last;                    // of the unlisted jobs
    std::vector<JobId> asked;            // one by one, since the list was read last
    std::optional<WallTime> asked_at;    // when the asking began
    std::optional<AnswerDigest> answer;  // to the last question for the list, if it brought no news
    bool refused = false;                // by Atlas, before anything was seen of it
    int under_way = 0;                   // looks and commits
    bool withdrawn = false;              // Atlas has said that there is nothing to be had any more
    std::optional<SteadyTime> resting_since;  // nobody looks at it any more
    bool for_good = false;                    // and nobody will
    bool has_lost = false;                    // jobs, which stays shown for a while
    enum class Leaving { No, Quietly, Losing } leaving = Leaving::No;  // once nothing is under way
  };

  // The targets, in poller_targets.cpp.
  void apply(const WatchPlan& plan);
  void show_resting(const Inventory& inventory);
  void settle_orphans();
  std::optional<TargetIndex> begin(Target target, bool polled);
  Schedule::Turns turns_of(const TargetKey& key) const;
  Schedule::ActiveJobs active_jobs(const TargetRecord& record) const;
  void keep(TargetIndex index, Target target);
  void rest(TargetIndex index, bool for_good);
  void leave(TargetIndex index, Memory::Leaving how);
  void settle(TargetIndex index);
  void settle_resting();
  void settle_all_named_like(TargetIndex index);
  std::vector<JobId> jobs_to_lose(TargetIndex index) const;
  void lose_jobs(TargetIndex index, const std::vector<JobId>& jobs);
  void withdraw_gone_source(TargetIndex index, const Error& error);
  void withdraw_deleted(TargetIndex index, const Error& error);

  // The looks, in poller.cpp and poller_outcome.cpp.
  void start_due_looks();
  void wake_for_next_turn();
  void start_look(const Schedule::Action& action);
  void list(const std::shared_ptr<Look>& look);
  JobSource::Known known_of(const Look& look) const;
  bool is_settled(TargetIndex index, const RestoreJob& shown) const;
  void ask_for_next_unlisted(const std::shared_ptr<Look>& look);
  void conclude(const std::shared_ptr<Look>& look);
  void take_time_of(Look& look);
  bool must_wait(const Look& look) const;
  void settle_owners(Look& look);
  LookFacts facts_about(TargetIndex index, WallTime started_at, WallTime atlas_now,
                        const PollerOptions& by) const;
  WallTime horizon(WallTime atlas_now, const PollerOptions& by) const;
  void note_answer(const Look& look, bool brought_no_news);
  WallTime atlas_now() const;
  void add_what_was_asked(const Look& look, LookFacts& facts);
  std::vector<JobId> questions_for(const Look& look);
  void on_commit(const std::shared_ptr<Look>& look, const Diff& seen, CommitStatus status);
  void load_again(TargetIndex index);
  void finish(const Look& look);
  void look_succeeded(const Look& look);
  void note_asked(const Look& look);
  void look_failed(const Look& look, const Error& error);
  void tell_of_outage();
  void report_sweep();

  void remember_looks();
  void show_intervals();
  void publish_soon();
  void publish_now();
  void keep_house();

  PollerOptions options_;
  Deps deps_;
  PollTelemetry telemetry_;
  OddAnswers odd_answers_;
  SteadyTime started_;
  AtlasTime atlas_time_;
  Fleet fleet_;
  Schedule schedule_;
  Sweep sweep_;
  std::unordered_map<TargetIndex, Memory> memories_;
  std::set<std::pair<Source, ApiGeneration>> told_gone_;
  std::shared_ptr<const Inventory> inventory_;
  std::optional<WallTime> forgotten_before_;  // by retention, however it was set then
  bool orphans_settled_ = false;
  bool outage_told_ = false;
  bool watch_again_ = false;  // the store could not be read for all of it
  std::unordered_map<TargetIndex, WallTime> looks_to_remember_;
  std::optional<SteadyTime> wake_planned_;
  std::optional<SteadyTime> published_at_;
  bool publish_planned_ = false;
  bool stopping_ = false;
};

}  // namespace restorewatch
