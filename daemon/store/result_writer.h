#pragma once

#include <cstdint>
#include <vector>

#include "jobs/job_store.h"
#include "store/database.h"
#include "store/tallies.h"

namespace restorewatch {

/// Writes one poll result inside an open transaction. A result that fails half-way leaves rows
/// behind: the caller rolls back.
class ResultWriter {
 public:
  /// `database` must outlive it; whether all could be prepared says database.prepared().
  explicit ResultWriter(Database& database);

  /// Committed: its rows are in the transaction. Conflict: the version is another, and nothing
  /// was written. Errors: Storage.
  Result<CommitStatus> write(const PollResult& result);

 private:
  /// The target's row id, with its version counted up; absent when the version is another.
  Result<std::optional<std::int64_t>> claim(const PollResult& result);
  Status write_job(std::int64_t target, const TrackedJob& tracked);
  Status write_transition(const Transition& transition);
  Status add_counts(std::int64_t target, const std::vector<Transition>& transitions);

  Statement advance_target_;
  Statement insert_target_;
  Statement put_job_;
  Statement append_journal_;
  Statement add_to_counter_;
  Statement add_to_total_;
};

}  // namespace restorewatch
