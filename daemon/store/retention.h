#pragma once

#include <cstdint>
#include <map>

#include "base/result.h"
#include "base/time.h"
#include "jobs/counters.h"
#include "store/database.h"
#include "store/journal_writer.h"
#include "store/tally_rows.h"

namespace restorewatch {

/// Cuts what is older than the horizon off the journal's beginning, and remembers in the anchor
/// where it was cut and what had been counted until then: total = anchor + entries since.
class Retention {
 public:
  /// Both must outlive it; whether all could be prepared says database.prepared().
  Retention(Database& database, JournalWriter& journal);

  /// Inside an open transaction; one that fails half-way leaves rows behind. Appends a note of
  /// what was done, unless there was nothing to do. Errors: Storage.
  Status cut(WallTime horizon, WallTime at);

 private:
  struct Prefix {
    ChainHead end;
    std::uint64_t entries = 0;
    FleetTotals totals;
    std::map<std::int64_t, TargetCounters> counters;
  };

  Result<Prefix> old_prefix(WallTime horizon);
  Status move_anchor(const Prefix& prefix);
  Status remove_up_to(std::uint64_t seq);
  Status put_horizon(WallTime horizon);
  Result<std::int64_t> remove_jobs(WallTime horizon);
  Result<std::string> describe(const Prefix& prefix, std::int64_t jobs, WallTime horizon);

  Database& database_;
  JournalWriter& journal_;
  TallyRows at_the_anchor_;
  Statement get_entries_;
  Statement put_anchor_;
  Statement remove_entries_;
  Statement remove_parked_;
  Statement remove_jobs_;
  Statement put_horizon_;
};

}  // namespace restorewatch
