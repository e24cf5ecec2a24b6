#include "jobs/summary.h"

#include <algorithm>

#include "jobs/transition.h"

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

void add_present(const JobView& job, WallTime now, TargetSummary& summary) {
  ++summary.jobs[index_of(job.state())];
  if (is_active(job.state())) keep_earliest(summary.oldest_active_requested_at, job.requested_at());
  if (!job.has_link()) return;
  const std::optional<WallTime> expires_at = job.time(JobTime::Expires);
  if (expires_at && *expires_at <= now) return;
  ++summary.links_active;
  if (expires_at) keep_earliest(summary.link_expires_at, *expires_at);
}

void add_success(const JobView& job, WallTime ended_at, TargetSummary& summary) {
  std::optional<LastSuccess>& last = summary.last_success[index_of(job.delivery())];
  if (!last || ended_at > last->ended_at) {
    const WallTime requested_at = job.requested_at();
    last = LastSuccess{ended_at, requested_at,
                       duration_between(requested_at, job.time(JobTime::Finished)),
                       job.time(JobTime::RecoveryPoint)};
  }
  if (job.purpose() == Purpose::Drill) keep_latest(summary.last_drill_success_at, ended_at);
}

void add_failure(const JobView& job, WallTime ended_at, TargetSummary& summary) {
  keep_latest(summary.last_failure[index_of(kind_of(job.delivery()))],
              LastFailure{ended_at, job.time(JobTime::OutcomeObserved)});
}

}  // namespace

TargetSummary summarize(const JobTable& jobs, WallTime now) {
  TargetSummary summary;
  for (const JobView job : jobs) {
    add_present(job, now, summary);
    const std::optional<WallTime> ended_at = job.time(JobTime::Ended);
    if (!ended_at) continue;
    if (job.outcome() == Outcome::Completed) add_success(job, *ended_at, summary);
    if (job.outcome() == Outcome::Failed) add_failure(job, *ended_at, summary);
  }
  return summary;
}

void forget_the_present(TargetSummary& summary) {
  summary.jobs = {};
  summary.oldest_active_requested_at.reset();
  summary.links_active = 0;
  summary.link_expires_at.reset();
}

std::uint64_t TargetSummary::active_jobs() const {
  std::uint64_t active = 0;
  for (std::size_t i = 0; i < kJobStateCount; ++i) {
    if (is_active(static_cast<JobState>(i))) active += jobs[i];
  }
  return active;
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
