#pragma once

#include <functional>
#include <vector>

#include "base/result.h"
#include "jobs/job_store.h"
#include "jobs/note.h"
#include "jobs/target.h"

namespace restorewatch {

/// A target that the journal says is watched: added, and not removed since.
struct PopulationMember {
  TargetKey target;
  bool blind = false;  // and not visible since

  bool operator==(const PopulationMember&) const = default;
};

/// The part of the store that keeps over what the journal speaks.
class PopulationStore {
 public:
  virtual ~PopulationStore() = default;

  /// In no order that means anything. Blocks; for start-up.
  virtual Result<std::vector<PopulationMember>> load_population() = 0;

  /// Writes the notes into the journal, all or nothing, and makes the population what they say.
  /// Answers as JobStore::commit does. Thread-safe.
  virtual void record(std::vector<Note> notes, JobStore::CommitDone done) = 0;
};

}  // namespace restorewatch
