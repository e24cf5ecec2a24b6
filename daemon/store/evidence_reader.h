#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "jobs/inventory_store.h"
#include "jobs/journal.h"
#include "jobs/population_store.h"
#include "jobs/target_record.h"
#include "store/verifier.h"

namespace restorewatch {

/// A store as an auditor reads it: all that is read is of one moment, also while the daemon runs
/// and from a copy, nothing is written, and rows are handed over one by one. One thread at a time.
/// Errors: BadConfig for a file that is no store of this version, Storage for one that cannot be
/// read.
class EvidenceReader {
 public:
  static Result<std::unique_ptr<EvidenceReader>> open(const std::string& path);

  /// Proves the journal, as verify_store() does.
  Result<Verification> verify();

  /// Every entry, in order.
  Status each_entry(const std::function<void(const JournalEntry&)>& take);
  /// Every transition, by job id and then in order.
  Status each_step(const std::function<void(const Transition&)>& take);
  /// Every job that the journal does not speak of, by target and then by id.
  Status each_silent_job(const std::function<void(const TargetKey&, const TrackedJob&)>& take);

  Result<std::vector<PopulationMember>> population();
  /// Of each target that was ever read to the end of its list, when that was first.
  Result<std::vector<std::pair<TargetKey, WallTime>>> first_reads();
  Result<std::vector<KnownProject>> inventory();
  /// When any target was looked at last. Absent: none was.
  Result<std::optional<WallTime>> last_looked_at();
  /// Before which retention has cut. Absent: it has cut nothing.
  Result<std::optional<WallTime>> forgotten_before();

  /// A file that nobody had open is read without locks. Says whether that has stayed so; where not,
  /// what was read may be of two moments.
  Status still_of_one_moment() const;

 private:
  EvidenceReader(std::string path, bool at_rest, Database database);
  Result<std::optional<WallTime>> time(const char* sql);

  std::string path_;
  bool at_rest_;  // nobody had it open
  Database database_;
};

}  // namespace restorewatch
