#pragma once

#include <string>

#include "base/result.h"
#include "store/chain_head.h"
#include "store/database.h"

namespace restorewatch {

// Where the journal begins: behind the last entry that retention has cut, with what had been
// counted until then.

/// Errors: Storage, also where the anchor's row is missing.
Result<ChainHead> read_anchor(Database& database);

/// As notes in the journal say it: "anchor=<seq>:<hash> totals=<digest of the anchor's counters>".
/// Errors: Storage.
Result<std::string> anchor_in_words(Database& database);

}  // namespace restorewatch
