#pragma once

#include <string>

#include "base/result.h"
#include "store/database.h"

namespace restorewatch {

/// A run that was killed has left a log beside the file at `path`. Before the file is read first.
bool has_left_behind_log(const std::string& path);

/// Whether the log is the file's own. A backup that was put beside the log of another run is mixed
/// with it page by page, and such a file may be sound to SQLite: but then entries are missing, or
/// the counters know more than the journal, or less, though the file alone was in order. Storage
/// error where that is so.
Status check_left_behind_log(Database& database, const std::string& path);

}  // namespace restorewatch
