#pragma once

#include <algorithm>
#include <string>

#include "base/time.h"
#include "jobs/diff.h"

namespace restorewatch::testing_jobs {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// A day to count from in tests.
inline WallTime noon() {
  return *parse_time("2026-08-10T12:00:00Z");
}

inline ProjectId project(char digit = 'a') {
  return *parse_object_id(std::string(24, digit));
}

/// A job id made `age` before noon, the `n`-th of that second.
inline JobId job_id(int n, std::chrono::seconds age = hours(1)) {
  const auto created = (noon() - age).time_since_epoch();
  const auto stamp =
      static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::seconds>(created).count());
  JobId id;
  for (std::size_t i = 0; i < 4; ++i) {
    id.bytes[i] = static_cast<std::uint8_t>(stamp >> (8U * (3U - i)));
  }
  id.bytes[11] = static_cast<std::uint8_t>(n);
  return id;
}

inline TargetKey target_key() {
  return {project(), "prod-a", Source::Dedicated};
}

/// An automated restore into another cluster of the same project, in the given state.
inline RestoreJob job(JobState state, int n = 1, std::chrono::seconds age = hours(1)) {
  RestoreJob job;
  job.id = job_id(n, age);
  job.delivery = Delivery::Automated;
  job.state = state;
  job.requested_at = created_at(job.id);
  job.target_project_id = project();
  job.target_cluster = "drill-1";
  switch (state) {
    case JobState::Completed:
      job.outcome = Outcome::Completed;
      job.finished_at = job.requested_at + minutes(10);
      break;
    case JobState::Failed:
      job.outcome = Outcome::Failed;
      break;
    case JobState::Cancelled:
      job.outcome = Outcome::Cancelled;
      break;
    case JobState::Expired:
      job.outcome = Outcome::Expired;
      break;
    case JobState::Lost:
      job.outcome = Outcome::Lost;
      break;
    case JobState::Ready:
      job.delivery = Delivery::Download;
      job.outcome = Outcome::Completed;
      job.has_link = true;
      job.expires_at = job.requested_at + hours(1);
      break;
    case JobState::Pending:
    case JobState::Queued:
    case JobState::Running:
    case JobState::InProgress:
    case JobState::Unknown:
      break;
  }
  return job;
}

/// The same download once its link has aged away.
inline RestoreJob expired_download(int n = 1) {
  RestoreJob download = job(JobState::Ready, n);
  download.state = JobState::Expired;
  download.has_link = false;
  return download;
}

inline Listing listing(std::vector<RestoreJob> jobs) {
  Listing result;
  result.jobs = std::move(jobs);
  std::ranges::sort(result.jobs, {}, &RestoreJob::id);
  return result;
}

inline Listing partial(std::vector<RestoreJob> jobs) {
  Listing result = listing(std::move(jobs));
  result.error = Error{ErrorKind::Timeout, "page 2"};
  return result;
}

inline LookFacts facts(WallTime looked_at = noon()) {
  LookFacts facts;
  facts.project_name = "prod";
  facts.started_at = looked_at - seconds(5);
  facts.looked_at = looked_at;
  facts.atlas_now = looked_at;
  facts.horizon = looked_at - hours(24 * 365);
  facts.lost_after = minutes(10);
  return facts;
}

}  // namespace restorewatch::testing_jobs
