#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/time.h"
#include "jobs/restore_job.h"
#include "jobs/target.h"
#include "jobs/words.h"

namespace restorewatch {

/// One step in the life of a job, complete in itself: the journal's row, the event, and what the
/// counters count are all this and nothing else.
struct Transition {
  TargetKey target;
  std::string project_name;      // as it was then
  RestoreJob job;                // as Atlas showed it
  std::optional<JobState> from;  // absent: the first sight of the job
  JobState to = JobState::Unknown;
  std::uint32_t nth = 1;           // how many times the job has entered `to`, this one included
  std::optional<Outcome> outcome;  // how the job ended, as far as known after this step
  bool counts_request = false;     // the job was requested under our eyes
  bool counts_outcome = false;     // this step brought the outcome
  bool missed = false;             // first seen when it had already ended
  Purpose purpose = Purpose::Other;
  Scope scope = Scope::Unknown;
  Violations violations{};             // of policies; only at the first sight of the job
  WallTime observed_at;                // when we saw it
  std::optional<WallTime> not_before;  // when we had last looked: it happened after this

  bool operator==(const Transition&) const = default;
};

/// "<job id>:<to>:<nth>": the same on any replica and after a lost store, so that a receiver can
/// drop repeats.
std::string event_id(const Transition& transition);

/// From request to end, where Atlas gives both and they are in that order.
std::optional<std::chrono::milliseconds> duration_between(
    WallTime requested_at, const std::optional<WallTime>& finished_at);
std::optional<std::chrono::milliseconds> duration_of(const RestoreJob& job);

}  // namespace restorewatch
