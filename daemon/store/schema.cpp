#include "store/schema.h"

#include <filesystem>

#include "store/left_behind_log.h"
#include "store/migrations.h"

namespace restorewatch {
namespace {

/// From this version on the journal can be proved, and what does not belong to it is noticed.
constexpr std::int64_t kChainedSince = 2;

// Checking reads the whole file; below this size that takes a fraction of a second. In a larger
// one damage shows when the damaged page is read.
constexpr std::uintmax_t kMaxCheckedBytes = 64U << 20U;

Error belongs_to_another(const std::string& path) {
  return {ErrorKind::BadConfig,
          path + " is an SQLite file of another program; let storage.path name a file of its own"};
}

Error too_new(const std::string& path, std::int64_t version) {
  return {ErrorKind::BadConfig, path + " has schema version " + std::to_string(version) +
                                    ", and this restorewatch knows versions up to " +
                                    std::to_string(kSchemaVersion) +
                                    "; run the newer restorewatch, or let storage.path name "
                                    "another file"};
}

// An empty file has no identity yet, and no tables either.
Result<bool> is_empty(Database& database) {
  const Result<std::int64_t> objects = database.integer("SELECT count(*) FROM sqlite_schema");
  if (!objects) return objects.error();
  return *objects == 0;
}

/// Builds before the first release wrote version 1 without clusters' ids.
Status check_layout(Database& database, const std::string& path) {
  const Result<std::int64_t> columns = database.integer(
      "SELECT count(*) FROM pragma_table_info('targets') WHERE name = 'cluster_id'");
  if (!columns) return columns.error();
  if (*columns == 1) return Success{};
  return Error{ErrorKind::BadConfig, path +
                                         " was written by a restorewatch from before the first "
                                         "release; move it away, and a new one is begun"};
}

Result<std::int64_t> version_of(Database& database, const std::string& path) {
  const Result<std::int64_t> version = database.integer("PRAGMA user_version");
  const Result<std::int64_t> application = database.integer("PRAGMA application_id");
  if (!version) return version.error();
  if (!application) return application.error();
  if (*application == kApplicationId) {
    if (*version > kSchemaVersion) return too_new(path, *version);
    if (*version < 1) return damaged_store(path, "its schema version is missing");
    if (Status known = check_layout(database, path); !known) return known.error();
    return *version;
  }
  const Result<bool> empty = is_empty(database);
  if (!empty) return empty.error();
  if (*application != 0 || *version != 0 || !*empty) return belongs_to_another(path);
  return std::int64_t{0};
}

// They would run inside our own commits.
Status check_for_triggers(Database& database, const std::string& path) {
  const Result<std::int64_t> strange =
      database.integer("SELECT count(*) FROM sqlite_schema WHERE type IN ('trigger', 'view')");
  if (!strange) return strange.error();
  if (*strange == 0) return Success{};
  return damaged_store(path, "somebody has put triggers or views into it");
}

Status check_soundness(Database& database, const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::file_size(path, ignored) > kMaxCheckedBytes) return Success{};
  const Result<std::string> finding = database.text("PRAGMA quick_check(1)");
  if (!finding) return finding.error();
  if (*finding != "ok") return damaged_store(path, *finding);
  return Success{};
}

// Readers and the writer do not wait for each other in a write-ahead log. Its file is cut back to
// this size after a burst.
Status use_write_ahead_log(Database& database, const std::string& path) {
  const Result<std::string> mode = database.text("PRAGMA journal_mode=WAL");
  if (!mode) return mode.error();
  if (*mode != "wal") {
    return Error{ErrorKind::BadConfig, path +
                                           ": its file system cannot share memory between "
                                           "processes (WAL); use a local one"};
  }
  return database.execute("PRAGMA journal_size_limit=16777216");
}

Status run_migrations(Database& database, std::int64_t from) {
  if (Status begun = database.execute("BEGIN IMMEDIATE"); !begun) return begun;
  for (std::int64_t version = from; version < kSchemaVersion; ++version) {
    if (Status done = migrate_from(version, database); !done) return done;
  }
  return database.execute("PRAGMA application_id=" + std::to_string(kApplicationId) +
                          ";PRAGMA user_version=" + std::to_string(kSchemaVersion) + ";COMMIT");
}

Status migrate(Database& database, std::int64_t from) {
  Status done = run_migrations(database, from);
  if (!done && database.in_transaction()) (void)database.execute("ROLLBACK");
  return done;
}

}  // namespace

Status prepare_schema(Database& database, const std::string& path) {
  const bool was_killed = has_left_behind_log(path);
  const Result<std::int64_t> version = version_of(database, path);
  if (!version) return version.error();
  if (Status sound = check_soundness(database, path); !sound) return sound;
  if (Status clean = check_for_triggers(database, path); !clean) return clean;
  if (was_killed && *version >= kChainedSince) {
    if (Status own = check_left_behind_log(database, path); !own) return own;
  }
  if (Status wal = use_write_ahead_log(database, path); !wal) return wal;
  if (*version == kSchemaVersion) return Success{};
  return migrate(database, *version);
}

Status check_version(Database& database, const std::string& path) {
  const Result<std::int64_t> version = version_of(database, path);
  if (!version) return version.error();
  if (*version == kSchemaVersion) return Success{};
  if (*version == 0) return Error{ErrorKind::BadConfig, path + " is empty, and no store yet"};
  return Error{ErrorKind::BadConfig,
               path + " has schema version " + std::to_string(*version) +
                   ", and this command reads version " + std::to_string(kSchemaVersion) +
                   "; start this restorewatch on it once, which takes it forward"};
}

}  // namespace restorewatch
