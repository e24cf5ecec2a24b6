#include "store/left_behind_log.h"

#include <string>

#include "store/journal_rows.h"
#include "store/store_files.h"

namespace restorewatch {
namespace {

/// NOT INDEXED: the index may be of the one file, and the table of the other.
std::string fits_together() {
  std::string sql = "SELECT (SELECT count(*) FROM journal) = (";
  sql += kGetLastSeq;
  sql += R"sql() - anchor.seq
         AND (SELECT count(*) FROM journal NOT INDEXED WHERE job_id IS NOT NULL) = counted
  FROM anchor,
       (SELECT (SELECT coalesce(sum(value), 0) FROM totals WHERE name LIKE 'transitions/%')
             - (SELECT coalesce(sum(value), 0) FROM anchor_totals WHERE name LIKE 'transitions/%')
               AS counted)
)sql";
  return sql;
}

/// Entries may have been taken out long ago; that is for verify to say, and no reason to stop.
bool is_sound_alone(const std::string& path) {
  Result<Database> alone = Database::open(path, Database::Mode::Alone);
  if (!alone) return false;
  const Result<std::int64_t> fits = alone->integer(fits_together());
  return fits && *fits == 1;
}

}  // namespace

bool has_left_behind_log(const std::string& path) {
  return size_of_file(log_of(path)) > 0;
}

Status check_left_behind_log(Database& database, const std::string& path) {
  const Result<std::int64_t> fits = database.integer(fits_together());
  if (!fits) return fits.error();
  if (*fits == 1 || !is_sound_alone(path)) return Success{};
  return damaged_store(path,
                       "its log (-wal) is another file's: with it, journal and counters differ");
}

}  // namespace restorewatch
