#pragma once

#include <cstdint>
#include <vector>

#include "jobs/job_store.h"
#include "store/database.h"
#include "store/journal_writer.h"
#include "store/tally_rows.h"
#include "store/target_rows.h"

namespace restorewatch {

/// Writes poll results and looks inside an open transaction. A result that fails half-way leaves
/// rows behind: the caller rolls back.
class ResultWriter {
 public:
  /// Both must outlive it; whether all could be prepared says database.prepared().
  ResultWriter(Database& database, JournalWriter& journal);

  /// Committed: its rows are in the transaction. Conflict: the version is another, and nothing
  /// was written. Errors: Storage.
  Result<CommitStatus> write(const PollResult& result);

  /// Notes when a target was last looked at.
  Status write_look(const TargetKey& target, WallTime at) { return targets_.note_look(target, at); }

 private:
  Status write_job(std::int64_t target, const TrackedJob& tracked);
  Status add_counts(std::int64_t target, const std::vector<Transition>& transitions);

  JournalWriter& journal_;
  TargetRowWriter targets_;
  TallyRows counters_;
  Statement put_job_;
};

}  // namespace restorewatch
