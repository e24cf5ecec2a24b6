#pragma once

#include <vector>

#include "base/result.h"
#include "jobs/note.h"
#include "jobs/population_store.h"
#include "store/database.h"

namespace restorewatch {

/// The table of what the journal says is watched.
class PopulationRows {
 public:
  /// `database` must outlive it; whether all could be prepared says database.prepared().
  explicit PopulationRows(Database& database);

  /// Errors: Storage.
  Result<std::vector<PopulationMember>> read();

  /// Makes the table what the note says, inside an open transaction; a note that is about no
  /// target changes nothing.
  Status write(const Note& note);

 private:
  Status remove(const TargetKey& target);

  Statement get_;
  Statement remove_by_id_;
  Statement remove_by_name_;
  Statement insert_;
};

}  // namespace restorewatch
