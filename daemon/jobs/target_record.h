#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "jobs/counters.h"
#include "jobs/job_table.h"
#include "jobs/target.h"
#include "jobs/transition.h"

namespace restorewatch {

/// When a job that breaks the rule was last seen and committed.
using LastViolations = std::array<std::optional<WallTime>, kPolicyRuleCount>;

/// Keeps the later of two times for each rule that is broken.
void note(const Violations& violations, WallTime observed_at, LastViolations& last);
void merge(const LastViolations& other, LastViolations& into);

/// Everything durable about one target. A look turns one into the next: diff() says what changes,
/// apply() makes the change, and a store gives back exactly this after a restart.
struct TargetRecord {
  TargetKey key;
  std::uint64_t version = 0;               // number of commits; guards against two writers
  std::optional<WallTime> baseline_at;     // start of the first complete sweep, by Atlas's clock
  std::optional<WallTime> last_looked_at;  // start of the last whole look; a store may lag behind
  JobTable jobs;
  TargetCounters counters;
  LastViolations last_violation_at{};

  bool operator==(const TargetRecord&) const = default;
};

/// What one look at a target changes: the unit of a commit, all or nothing.
struct PollResult {
  TargetKey target;
  std::uint64_t expected_version = 0;
  std::optional<WallTime> looked_at;    // when the look began, if it read all that could be news
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
bool is_forgotten(const JobView& job, WallTime horizon);

/// Drops such jobs, as the store does. Returns how many; what was counted stays counted.
std::size_t forget(TargetRecord& record, WallTime horizon);

}  // namespace restorewatch
