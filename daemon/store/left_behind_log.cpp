#include "store/left_behind_log.h"

#include <filesystem>
#include <system_error>

#include "store/lock_file.h"

namespace restorewatch {
namespace {

// NOT INDEXED: the index may be of the one file, and the table of the other.
constexpr const char* kFitsTogether = R"sql(
  SELECT (SELECT count(*) FROM journal) = highest - anchor.seq
         AND (SELECT count(*) FROM journal NOT INDEXED WHERE job_id IS NOT NULL) = counted
  FROM anchor,
       (SELECT coalesce(max(seq), 0) AS highest FROM sqlite_sequence WHERE name = 'journal'),
       (SELECT (SELECT coalesce(sum(value), 0) FROM totals WHERE name LIKE 'transitions/%')
             - (SELECT coalesce(sum(value), 0) FROM anchor_totals WHERE name LIKE 'transitions/%')
               AS counted)
)sql";

/// Entries may have been taken out long ago; that is for verify to say, and no reason to stop.
bool is_sound_alone(const std::string& path) {
  Result<Database> alone = Database::open(path, Database::Mode::Alone);
  if (!alone) return false;
  const Result<std::int64_t> fits = alone->integer(kFitsTogether);
  return fits && *fits == 1;
}

}  // namespace

bool has_left_behind_log(const std::string& path) {
  std::error_code none;
  return std::filesystem::file_size(real_path(path) + "-wal", none) > 0 && !none;
}

Status check_left_behind_log(Database& database, const std::string& path) {
  const Result<std::int64_t> fits = database.integer(kFitsTogether);
  if (!fits) return fits.error();
  if (*fits == 1 || !is_sound_alone(path)) return Success{};
  return damaged_store(path,
                       "its log (-wal) is another file's: with it, journal and counters differ");
}

}  // namespace restorewatch
