#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "store/database.h"

namespace restorewatch {

/// The layout of the tables that this version reads and writes; described in docs/store.md.
inline constexpr std::int64_t kSchemaVersion = 4;

/// "RsWt", in SQLite's header field for it: whose file this is.
inline constexpr std::int64_t kApplicationId = 0x52735774;

/// Makes `database` a store of kSchemaVersion: creates the tables of an empty file, and takes an
/// older one forward, all or nothing. Errors leave the file as it was: BadConfig for a file of
/// another program or of a newer version, Storage for a damaged one.
Status prepare_schema(Database& database, const std::string& path);

/// Whether the file is a store of exactly this version; changes nothing. Errors: BadConfig,
/// Storage.
Status check_version(Database& database, const std::string& path);

}  // namespace restorewatch
