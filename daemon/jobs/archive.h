#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.h"
#include "jobs/journal.h"
#include "jobs/tracked_job.h"

namespace restorewatch {

/// Some of the JobStates: a bit for each, by index_of().
using JobStates = std::uint32_t;
inline constexpr JobStates kAnyJobState = (JobStates{1} << kJobStateCount) - 1;

constexpr JobStates only(JobState state) {
  return JobStates{1} << index_of(state);
}

/// Those in which work is going on.
inline JobStates active_states() {
  JobStates states = 0;
  for (std::size_t i = 0; i < kJobStateCount; ++i) {
    if (is_active(static_cast<JobState>(i))) states |= JobStates{1} << i;
  }
  return states;
}

/// What is asked of the jobs of one target.
struct JobQuestion {
  TargetKey target;
  std::optional<JobId> before{};  // only those with a smaller, that is an older, id
  JobStates states = kAnyJobState;
  std::size_t limit = 100;
};

/// Some transitions of the journal, and how far it was read for them.
struct JournalPage {
  std::vector<JournalEntry> entries;  // transitions only, in order
  std::uint64_t read_to = 0;          // all of them up to here are among those; go on after it
  bool is_last = true;                // there was nothing after it
};

/// What was committed, for people who look into it: read a page at a time, on a way of its own, so
/// that nobody who writes waits for it. Thread-safe. Errors: Storage.
class Archive {
 public:
  virtual ~Archive() = default;

  /// Newest first.
  virtual Result<std::vector<TrackedJob>> jobs_of(const JobQuestion& question) = 0;

  /// Up to `limit` transitions with seq > `after`. Fewer, or none, may come before the last, since
  /// only so many entries are read for one answer. Errors also: BadConfig where `after` is a number
  /// that was never given, as after the store was begun anew.
  virtual Result<JournalPage> transitions_after(std::uint64_t after, std::size_t limit) = 0;

  /// The newest first; only of the newest some ten thousand entries.
  virtual Result<std::vector<JournalEntry>> newest_transitions(std::size_t limit) = 0;
};

}  // namespace restorewatch
