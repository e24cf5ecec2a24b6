#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "jobs/counters.h"
#include "jobs/restore_job.h"
#include "jobs/target.h"
#include "jobs/transition.h"

namespace restorewatch {

/// A job and what we have come to know about it over time.
struct TrackedJob {
  RestoreJob job;                  // as last shown; `state` is Lost when Atlas no longer has it
  std::optional<Outcome> outcome;  // set once
  Purpose purpose = Purpose::Other;
  // By Atlas's clock, since Atlas's times are compared with them:
  std::optional<WallTime> ended_at;             // when the outcome came about, see diff.cpp
  std::optional<WallTime> outcome_observed_at;  // when we saw that; never set by a baseline
  std::optional<WallTime> not_found_at;         // first 404 of an active job that is not listed
  std::array<std::uint16_t, kJobStateCount> entered{};  // how often it entered each state

  bool operator==(const TrackedJob&) const = default;
};

using JobTable = std::map<JobId, TrackedJob>;

/// Everything durable about one target. A look turns one into the next: diff() says what changes,
/// apply() makes the change, and a store gives back exactly this after a restart.
struct TargetRecord {
  TargetKey key;
  std::uint64_t version = 0;               // number of commits; guards against two writers
  std::optional<WallTime> baseline_at;     // start of the first complete sweep, by Atlas's clock
  std::optional<WallTime> last_looked_at;  // start of the last whole look; a store may lag behind
  JobTable jobs;
  TargetCounters counters;

  bool operator==(const TargetRecord&) const = default;
};

/// What one look at a target changes: the unit of a commit, all or nothing.
struct PollResult {
  TargetKey target;
  std::uint64_t expected_version = 0;
  std::optional<WallTime> looked_at;    // when the look began, if it read the list to its end
  std::optional<WallTime> baseline_at;  // set when this look completes the baseline
  std::vector<TrackedJob> jobs;         // new or changed ones, whole
  std::vector<Transition> transitions;

  /// An unchanged look needs no commit.
  bool changes_something() const {
    return baseline_at.has_value() || !jobs.empty() || !transitions.empty();
  }
  bool operator==(const PollResult&) const = default;
};

/// Makes the change, as the store does. Precondition: result.expected_version == record.version.
void apply(const PollResult& result, TargetRecord& record);

/// Whether retention takes the job: it has ended, and was requested before the horizon.
bool is_forgotten(const TrackedJob& tracked, WallTime horizon);

/// Drops such jobs, as the store does. Returns how many; what was counted stays counted.
std::size_t forget(TargetRecord& record, WallTime horizon);

}  // namespace restorewatch
