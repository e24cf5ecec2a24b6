#include "report/cluster_tally.h"

#include <algorithm>

#include "report/drill_gap.h"

namespace restorewatch {
namespace {

/// The middle one; of an even number, halfway between the two in the middle.
std::optional<std::chrono::milliseconds> median(std::vector<std::chrono::milliseconds> values) {
  if (values.empty()) return std::nullopt;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  if (values.size() % 2 != 0) return *middle;
  return (*std::max_element(values.begin(), middle) + *middle) / 2;
}

Coverage coverage_of(const ClusterSummary& summary) {
  if (summary.drills_completed > 0) return Coverage::Tested;
  if (summary.last_good_drill) return Coverage::TestedBefore;
  if (summary.watched.empty()) return Coverage::NotWatched;
  const bool was_seen = length(summary.watched) > summary.unseen;
  return was_seen ? Coverage::NeverTested : Coverage::NotSeen;
}

}  // namespace

void ClusterTally::count(const JobEvidence& job, const std::optional<ReportRow>& row,
                         const Period& period) {
  if (job.is_good_drill() && job.ended_at && *job.ended_at < period.until) {
    good_drills_.push_back(*job.ended_at);
  }
  if (!row) return;
  has_rows_ = true;
  const bool is_restore = job.kind() == Kind::Restore;
  if (!row->ended_in_period) {
    if (is_restore) ++active_at_end_;
    return;
  }
  ++(is_restore ? restores_ : downloads_)[index_of(*job.outcome)];
  if (!is_restore) return;
  if (job.is_good_drill()) ++drills_completed_;
  if (const auto duration = job.duration()) durations_.push_back(*duration);
  if (row->duration_met == false) ++duration_missed_;
  if (row->recovery_point_met == false) ++recovery_point_missed_;
}

void ClusterTally::put_into(ClusterSummary& summary, const std::optional<Period>& seen,
                            const Period& period) const {
  summary.restores = restores_;
  summary.downloads = downloads_;
  summary.active_at_end = active_at_end_;
  summary.drills_completed = drills_completed_;
  summary.duration_missed = duration_missed_;
  summary.recovery_point_missed = recovery_point_missed_;
  summary.duration_median = median(durations_);
  if (!durations_.empty()) summary.duration_max = std::ranges::max(durations_);
  if (!good_drills_.empty()) summary.last_good_drill = std::ranges::max(good_drills_);
  summary.coverage = coverage_of(summary);
  if (!seen) return;
  const auto gap = drill_gap(good_drills_, seen->since, period.since, seen->until);
  if (!gap) return;
  summary.longest_gap = gap->longest;
  summary.drill_interval_met = gap->met(summary.objectives.drill_interval);
}

}  // namespace restorewatch
