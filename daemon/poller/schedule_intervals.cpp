// How often the schedule's targets can be looked at.

#include <algorithm>
#include <utility>

#include "poller/schedule.h"

namespace restorewatch {

using std::chrono::milliseconds;

BucketDemand Schedule::demand_of(const Bucket& bucket, double share) const {
  BucketDemand demand;
  demand.share = share;
  for (const TargetIndex target : bucket.members) {
    const Entry& entry = entries_[target];
    if (entry.suspended) continue;
    const bool asks_for_each = entry.active > 0 && entry.active <= kFewJobs;
    LineDemand& line = entry.active > 0 ? demand.active : demand.idle;
    line[entry.interval()] += asks_for_each ? static_cast<double>(entry.active) : 1.0;
  }
  return demand;
}

std::vector<Schedule::ShownInterval> Schedule::changed_intervals(SteadyTime now) {
  std::vector<ShownInterval> changed;
  for (RateBudget::BucketIndex index = 0; index < buckets_.size(); ++index) {
    Bucket& bucket = buckets_[index];
    if (bucket.members.empty()) continue;
    const double share = budget_.calls_a_minute(index);
    const bool has_other_share = std::exchange(bucket.share, share) != share;
    if (!std::exchange(bucket.has_changed, false) && !has_other_share) continue;
    if (has_other_share) set_ready(index, now);
    const ShortestIntervals shortest = shortest_intervals(demand_of(bucket, share));
    for (const TargetIndex target : bucket.members) {
      Entry& entry = entries_[target];
      if (entry.suspended) continue;
      const milliseconds shown =
          std::max(entry.interval(), entry.active > 0 ? shortest.active : shortest.idle);
      if (std::exchange(entry.shown_interval, shown) != shown) changed.push_back({target, shown});
    }
  }
  return changed;
}

}  // namespace restorewatch
