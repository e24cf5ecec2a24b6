#include "jobs/summary.h"

#include <algorithm>

namespace restorewatch {
namespace {

void keep_earliest(std::optional<WallTime>& slot, WallTime time) {
  if (!slot || time < *slot) slot = time;
}

void keep_latest(std::optional<WallTime>& slot, std::optional<WallTime> time) {
  if (time && (!slot || *time > *slot)) slot = time;
}

void keep_latest(std::optional<LastSuccess>& slot, const std::optional<LastSuccess>& other) {
  if (other && (!slot || other->ended_at > slot->ended_at)) slot = other;
}

void keep_latest(std::optional<LastFailure>& slot, const std::optional<LastFailure>& other) {
  if (!other) return;
  if (!slot) {
    slot = other;
    return;
  }
  slot->ended_at = std::max(slot->ended_at, other->ended_at);
  keep_latest(slot->observed_at, other->observed_at);
}

void add_present(const RestoreJob& job, WallTime now, TargetSummary& summary) {
  ++summary.jobs[index_of(job.state)];
  if (is_active(job.state)) keep_earliest(summary.oldest_active_requested_at, job.requested_at);
  if (!job.has_link || (job.expires_at && *job.expires_at <= now)) return;
  ++summary.links_active;
  if (job.expires_at) keep_earliest(summary.link_expires_at, *job.expires_at);
}

void add_success(const TrackedJob& tracked, TargetSummary& summary) {
  keep_latest(summary.last_success[index_of(tracked.job.delivery)],
              LastSuccess{*tracked.ended_at, tracked.job.requested_at, duration_of(tracked.job),
                          tracked.job.recovery_point});
  if (tracked.purpose == Purpose::Drill) {
    keep_latest(summary.last_drill_success_at, tracked.ended_at);
  }
}

void add_failure(const TrackedJob& tracked, TargetSummary& summary) {
  keep_latest(summary.last_failure[index_of(kind_of(tracked.job.delivery))],
              LastFailure{*tracked.ended_at, tracked.outcome_observed_at});
}

}  // namespace

TargetSummary summarize(const JobTable& jobs, WallTime now) {
  TargetSummary summary;
  for (const auto& [id, tracked] : jobs) {
    add_present(tracked.job, now, summary);
    if (!tracked.ended_at) continue;
    if (tracked.outcome == Outcome::Completed) add_success(tracked, summary);
    if (tracked.outcome == Outcome::Failed) add_failure(tracked, summary);
  }
  return summary;
}

void forget_the_present(TargetSummary& summary) {
  summary.jobs = {};
  summary.oldest_active_requested_at.reset();
  summary.links_active = 0;
  summary.link_expires_at.reset();
}

void merge(const TargetSummary& other, TargetSummary& into) {
  for (std::size_t i = 0; i < kJobStateCount; ++i) into.jobs[i] += other.jobs[i];
  if (other.oldest_active_requested_at) {
    keep_earliest(into.oldest_active_requested_at, *other.oldest_active_requested_at);
  }
  into.links_active += other.links_active;
  if (other.link_expires_at) keep_earliest(into.link_expires_at, *other.link_expires_at);
  for (std::size_t i = 0; i < kDeliveryCount; ++i) {
    keep_latest(into.last_success[i], other.last_success[i]);
  }
  keep_latest(into.last_drill_success_at, other.last_drill_success_at);
  for (std::size_t i = 0; i < kKindCount; ++i) {
    keep_latest(into.last_failure[i], other.last_failure[i]);
  }
}

}  // namespace restorewatch
