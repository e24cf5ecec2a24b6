#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "jobs/journal.h"
#include "jobs/target_record.h"

namespace restorewatch {

/// All that a store knows of one job.
struct JobHistory {
  std::vector<std::pair<TargetKey, TrackedJob>> known;  // under each target that has it
  std::vector<JournalEntry> entries;                    // its transitions, in order
};

/// Of one moment, also while the daemon runs; empty for a job never seen. Errors: BadConfig for a
/// file that is no store of this version, Storage for one that cannot be read.
Result<JobHistory> read_history(const std::string& path, const JobId& job);

}  // namespace restorewatch
