#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "base/result.h"
#include "jobs/snapshot.h"
#include "jobs/target_record.h"

namespace restorewatch {

/// What is committed about every target, and how well each can be seen right now.
/// Lives on the loop's thread; what it hands out is immutable.
class Fleet {
 public:
  struct Options {
    std::chrono::milliseconds interval{60'000};
    std::chrono::milliseconds stale_after{900'000};
    bool list_jobs = false;  // for the opt-in per-job series
    std::chrono::milliseconds job_retention{0};
    std::size_t max_listed_jobs = 0;  // of all targets together, newest first
  };
  using TargetIndex = std::size_t;

  Fleet(Options options, SteadyTime started) : options_(options), started_(started) {}

  void add(Target target, TargetRecord record);
  void set_totals(FleetTotals totals) { totals_ = std::move(totals); }

  std::size_t size() const { return entries_.size(); }
  const Target& target(TargetIndex index) const { return entries_[index].target; }
  const TargetRecord& record(TargetIndex index) const { return entries_[index].record; }

  /// A result that the store has committed.
  void committed(TargetIndex index, const PollResult& result);

  /// A record that the store gave back in place of ours.
  void replace(TargetIndex index, TargetRecord record);

  struct Change {
    bool now_up = false;    // it was down, or never looked at
    bool now_down = false;  // it was up, or down for another reason, or never looked at
  };

  /// A look that read everything it wanted to. `looked_at` is when it began; absent: what it saw
  /// could not be kept, so it does not count as a look when the next one is judged.
  Change saw(TargetIndex index, std::optional<WallTime> looked_at, SteadyTime now);

  /// A look that failed or stayed partial.
  Change failed(TargetIndex index, ErrorKind why);

  /// Everything as it stands. Cheap where little changed: unchanged views are shared.
  std::shared_ptr<const Snapshot> snapshot(WallTime wall_now, SteadyTime now);

 private:
  struct Entry {
    Target target;
    TargetRecord record;
    TargetSummary summary;
    std::optional<bool> up;
    std::optional<ErrorKind> down_for;
    std::optional<SteadyTime> seen_at;
    std::shared_ptr<const TargetView> view;  // null: to be made again
  };

  bool is_present_unknown(const Entry& entry, SteadyTime now) const;
  std::shared_ptr<const TargetView> make_view(const Entry& entry, bool unknown, WallTime wall_now,
                                              const JobId& oldest_listed) const;
  bool is_listed(const TrackedJob& tracked, WallTime wall_now) const;
  JobId oldest_job_to_list(WallTime wall_now) const;

  Options options_;
  SteadyTime started_;
  std::vector<Entry> entries_;
  FleetTotals totals_;
};

}  // namespace restorewatch
