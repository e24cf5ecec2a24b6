#pragma once

#include <cstdint>
#include <random>
#include <string>

#include "jobs/target.h"
#include "jobs/tracked_job.h"

namespace restorewatch {

// What a large fleet looks like in memory: clusters of projects, and restores that have succeeded,
// as most of the jobs in a list have.

inline constexpr unsigned kTargetsOfAProject = 100;

/// An id as Atlas makes them: when it was made, in seconds, and something that no other has.
inline ObjectId id_of(std::int64_t created, std::uint64_t tail) {
  ObjectId id;
  for (std::size_t i = 0; i < 4; ++i) {
    id.bytes[i] = static_cast<std::uint8_t>(created >> (8U * (3U - i)));
  }
  for (std::size_t i = 0; i < 8; ++i) id.bytes[4 + i] = static_cast<std::uint8_t>(tail >> (8U * i));
  return id;
}

inline TargetKey key_of(unsigned target) {
  return {id_of(1, target / kTargetsOfAProject), "cluster-" + std::to_string(target)};
}

/// The `number`-th of a target: one a day.
inline TrackedJob completed_job(std::mt19937_64& random, unsigned target, unsigned number) {
  const std::int64_t requested = 1'750'000'000 + std::int64_t{number} * 86'400 + target % 3600;
  TrackedJob tracked;
  RestoreJob& job = tracked.job;
  job.id = id_of(requested, random());
  job.delivery = Delivery::Automated;
  job.state = JobState::Completed;
  job.outcome = tracked.outcome = Outcome::Completed;
  job.requested_at = from_unix_seconds(requested);
  job.finished_at = tracked.ended_at = from_unix_seconds(requested + 3'700);
  job.snapshot_id = id_of(requested - 7'200, random());
  job.snapshot_at = job.recovery_point = from_unix_seconds(requested - 7'200);
  job.target_project_id = key_of(target).project_id;
  job.target_cluster = "drill-of-the-week-" + std::to_string(number % 3);
  tracked.outcome_observed_at = from_unix_seconds(requested + 3'750);
  tracked.entered[index_of(JobState::InProgress)] = 1;
  tracked.entered[index_of(JobState::Completed)] = 1;
  return tracked;
}

}  // namespace restorewatch
