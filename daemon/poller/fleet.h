#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.h"
#include "jobs/snapshot.h"
#include "jobs/target_record.h"
#include "poller/job_owners.h"
#include "poller/watch_plan.h"

namespace restorewatch {

/// What is committed about every target, and how well each can be seen right now.
/// Lives on the loop's thread; what it hands out is immutable.
class Fleet {
 public:
  struct Options {
    std::chrono::milliseconds stale_after{900'000};
    bool list_jobs = false;  // for the opt-in per-job series
    std::chrono::milliseconds job_retention{0};
    std::size_t max_listed_jobs = 0;                     // of all targets together, newest first
    bool has_policies = false;                           // likewise, into each view
    std::shared_ptr<const ObjectiveRules> objectives{};  // goes into the snapshot
  };
  using TargetIndex = std::size_t;

  Fleet(Options options, SteadyTime started) : options_(std::move(options)), started_(started) {}
  Fleet(const Fleet&) = delete;  // what finds the owners of jobs knows where we are
  Fleet& operator=(const Fleet&) = delete;

  /// `index`: not used before. Not `polled`: only what has happened is shown of it.
  void add(TargetIndex index, Target target, TargetRecord record,
           std::chrono::milliseconds interval, bool polled, SteadyTime now);
  /// The same target, perhaps under another name.
  void rename(TargetIndex index, Target target);
  void set_polled(TargetIndex index, bool polled, SteadyTime now);
  /// How often it is looked at.
  void set_interval(TargetIndex index, std::chrono::milliseconds interval);
  /// Hidden: nothing is shown of it.
  void set_hidden(TargetIndex index, bool hidden);
  void remove(TargetIndex index);
  void set_options(Options options);
  void set_totals(FleetTotals totals) { totals_ = std::move(totals); }
  void set_inventory(std::shared_ptr<const Inventory> inventory);

  /// Every target there is, in no order that means anything.
  std::vector<WatchedTarget> targets() const;
  bool is_polled(TargetIndex index) const { return entry(index).polled; }
  const Target& target(TargetIndex index) const { return entry(index).target; }
  const TargetRecord& record(TargetIndex index) const { return entry(index).record; }

  /// While a result is on its way into the store, its jobs are spoken for.
  void claim(TargetIndex index, const PollResult& result);
  void release(TargetIndex index, const PollResult& result);
  /// By which target.
  std::optional<TargetIndex> claimed_by(const ProjectId& project, const JobId& job) const;

  /// The target that has claimed this job of the project, else that it is kept under; of several,
  /// one that is polled.
  std::optional<TargetIndex> owner_of(const ProjectId& project, const JobId& job) const;

  /// Some target of the project has the job, just as it is shown.
  bool knows(TargetIndex index, const RestoreJob& shown) const;

  /// Another target of the project has the job, too.
  bool is_kept_elsewhere(TargetIndex index, const JobId& job) const;

  /// The targets with this one's project and cluster name; itself, too.
  std::vector<TargetIndex> named_like(TargetIndex index) const;

  /// Another cluster with this one's name is polled.
  bool has_namesake(TargetIndex index) const;

  /// Another target of this one's name and source is polled, but nothing of it has been seen yet.
  bool has_unseen_successor(TargetIndex index) const;

  /// A result that the store has committed.
  void committed(TargetIndex index, const PollResult& result);

  /// Retention: the store has dropped what had ended and was requested before.
  void forget(WallTime horizon);

  /// A record that the store gave back in place of ours.
  void replace(TargetIndex index, TargetRecord record);

  struct Change {
    bool now_up = false;    // it was down
    bool now_down = false;  // it was up, or down for another reason, or never looked at
  };

  /// A look that read everything it wanted to. `looked_at` is when it began; absent: what it saw
  /// could not be kept, so it does not count as a look when the next one is judged.
  Change saw(TargetIndex index, std::optional<WallTime> looked_at, SteadyTime now);

  /// A look that failed or stayed partial. `at`: when.
  Change failed(TargetIndex index, ErrorKind why, WallTime at);

  /// Everything as it stands; `atlas_now` is by Atlas's clock, which says when links expire. Cheap
  /// where little changed: unchanged views are shared. Only where single jobs are listed it goes
  /// through all of them.
  std::shared_ptr<const Snapshot> snapshot(WallTime atlas_now, SteadyTime now);

 private:
  struct Entry {
    // First what every snapshot asks of every target, so that it lies side by side.
    std::shared_ptr<const TargetView> view;           // the last one made
    SteadyTime view_holds_until = SteadyTime::min();  // if nothing happens
    WallTime summary_holds_until = WallTime::min();   // the view's: likewise, by Atlas's clock
    bool hidden = false;
    bool polled = true;
    Target target;
    TargetRecord record;
    std::optional<bool> up;
    std::optional<Trouble> trouble;
    SteadyTime polled_since;
    std::optional<SteadyTime> seen_at;
    std::chrono::milliseconds interval{0};

    void outdate_view() { view_holds_until = SteadyTime::min(); }
    void outdate_summary() { summary_holds_until = WallTime::min(); }
  };

  const Entry& entry(TargetIndex index) const { return entries_.at(index); }
  bool keeps(TargetIndex index, const JobId& job) const;
  void disown(TargetIndex index);
  void disown(TargetIndex index, const JobId& job);
  void own(TargetIndex index, const ProjectId& project, const JobId& job, bool is_new);
  void own_all(TargetIndex index, const TargetKey& key, const JobTable& jobs);
  void add_name(TargetIndex index, const TargetKey& key);
  void remove_name(TargetIndex index, const TargetKey& key);
  std::span<const TargetIndex> named_like(const TargetKey& key) const;
  const std::vector<Entry*>& in_key_order();
  void renew(Entry& entry, WallTime atlas_now, SteadyTime now, const JobId& oldest_listed) const;
  SteadyTime next_change(const Entry& entry, SteadyTime now) const;
  bool is_present_unknown(const Entry& entry, SteadyTime now) const;
  Sight sight_of(const Entry& entry, SteadyTime now) const;
  std::shared_ptr<TargetView> make_view(const Entry& entry, WallTime atlas_now, SteadyTime now,
                                        const JobId& oldest_listed) const;
  void list_jobs_anew(Entry& entry, WallTime atlas_now, const JobId& oldest_listed) const;
  std::vector<RestoreJob> jobs_to_list(const Entry& entry, WallTime atlas_now,
                                       const JobId& oldest_listed) const;
  bool is_listed(const JobView& job, WallTime atlas_now) const;
  JobId oldest_job_to_list(WallTime atlas_now) const;

  Options options_;
  SteadyTime started_;
  std::unordered_map<TargetIndex, Entry> entries_;
  std::vector<Entry*> order_;  // by key; empty: to be made again
  std::map<std::pair<ProjectId, std::string>, std::vector<TargetIndex>> by_name_;
  std::map<ProjectId, JobOwners> owners_;
  std::map<std::pair<ProjectId, JobId>, TargetIndex> claims_;
  std::shared_ptr<const Inventory> inventory_;
  FleetTotals totals_;
};

}  // namespace restorewatch
