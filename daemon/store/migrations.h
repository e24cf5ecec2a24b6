#pragma once

#include <cstdint>

#include "base/result.h"
#include "store/database.h"

namespace restorewatch {

/// Takes the tables from `version` (0: there are none) to the next, inside an open transaction.
/// What was released is never edited. Errors: Storage; the caller rolls back.
Status migrate_from(std::int64_t version, Database& database);

}  // namespace restorewatch
