#pragma once

#include "base/result.h"
#include "store/database.h"

namespace restorewatch {

/// Part of the way to version 2: copies `journal_1`, which had no hashes, into `journal`, puts the
/// counters of targets into the anchor, and notes both. Inside an open transaction. Errors:
/// Storage.
Status chain_old_journal(Database& database);

}  // namespace restorewatch
