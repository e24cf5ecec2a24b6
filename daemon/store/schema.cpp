#include "store/schema.h"

#include <array>
#include <filesystem>

namespace restorewatch {
namespace {

// Checking reads the whole file; below this size that takes a fraction of a second. In a larger
// one damage shows when the damaged page is read.
constexpr std::uintmax_t kMaxCheckedBytes = 64U << 20U;

constexpr const char* kCreateVersion1 = R"sql(
  CREATE TABLE targets (
    id             INTEGER PRIMARY KEY,
    project_id     BLOB NOT NULL,
    cluster_name   TEXT NOT NULL,
    source         INTEGER NOT NULL,
    cluster_id     BLOB,
    version        INTEGER NOT NULL,
    baseline_at    INTEGER,
    last_looked_at INTEGER,
    UNIQUE (project_id, source, cluster_id)
  ) STRICT;
  -- A name may be used again for another cluster; without an id there is only the name.
  CREATE UNIQUE INDEX targets_by_name
    ON targets (project_id, source, cluster_name, ifnull(cluster_id, x''));

  -- A look reads and writes the jobs of one target, so they lie side by side.
  CREATE TABLE jobs (
    target              INTEGER NOT NULL,
    job_id              BLOB NOT NULL,
    delivery            INTEGER NOT NULL,
    state               INTEGER NOT NULL,
    shown_outcome       INTEGER,
    requested_at        INTEGER NOT NULL,
    finished_at         INTEGER,
    expires_at          INTEGER,
    snapshot_id         BLOB,
    snapshot_at         INTEGER,
    recovery_point      INTEGER,
    target_project_id   BLOB,
    target_cluster      TEXT,
    error_message       TEXT,
    has_link            INTEGER NOT NULL,
    restored_documents  INTEGER,
    total_documents     INTEGER,
    failed_collections  INTEGER,
    outcome             INTEGER,
    purpose             INTEGER NOT NULL,
    ended_at            INTEGER,
    outcome_observed_at INTEGER,
    not_found_at        INTEGER,
    entered             BLOB NOT NULL,
    PRIMARY KEY (target, job_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE target_counters (
    target INTEGER NOT NULL,
    name   TEXT NOT NULL,
    value  INTEGER NOT NULL,
    PRIMARY KEY (target, name)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE totals (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- Complete in itself: no row depends on another table. AUTOINCREMENT never gives a number
  -- twice, not even after old rows are gone; sinks remember numbers.
  CREATE TABLE journal (
    seq                INTEGER PRIMARY KEY AUTOINCREMENT,
    project_id         BLOB NOT NULL,
    cluster_name       TEXT NOT NULL,
    source             INTEGER NOT NULL,
    cluster_id         BLOB,
    job_id             BLOB NOT NULL,
    delivery           INTEGER NOT NULL,
    state              INTEGER NOT NULL,
    shown_outcome      INTEGER,
    requested_at       INTEGER NOT NULL,
    finished_at        INTEGER,
    expires_at         INTEGER,
    snapshot_id        BLOB,
    snapshot_at        INTEGER,
    recovery_point     INTEGER,
    target_project_id  BLOB,
    target_cluster     TEXT,
    error_message      TEXT,
    has_link           INTEGER NOT NULL,
    restored_documents INTEGER,
    total_documents    INTEGER,
    failed_collections INTEGER,
    project_name       TEXT NOT NULL,
    from_state         INTEGER,
    to_state           INTEGER NOT NULL,
    nth                INTEGER NOT NULL,
    outcome            INTEGER,
    counts_request     INTEGER NOT NULL,
    counts_outcome     INTEGER NOT NULL,
    missed             INTEGER NOT NULL,
    purpose            INTEGER NOT NULL,
    scope              INTEGER NOT NULL,
    observed_at        INTEGER NOT NULL,
    not_before         INTEGER
  ) STRICT;
  CREATE INDEX journal_by_job ON journal (job_id);

  -- The last good inventory. `place` is the order within a project: clusters count from 1, and
  -- their sources and tags are at the same place; tags of the project itself are at 0.
  CREATE TABLE projects (
    project_id  BLOB PRIMARY KEY,
    name        TEXT NOT NULL,
    known_since INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE project_credentials (
    project_id BLOB NOT NULL,
    place      INTEGER NOT NULL,
    name       TEXT NOT NULL,
    PRIMARY KEY (project_id, place)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE clusters (
    project_id     BLOB NOT NULL,
    place          INTEGER NOT NULL,
    name           TEXT NOT NULL,
    cluster_id     BLOB,
    tier           INTEGER NOT NULL,
    api            INTEGER NOT NULL,
    created_at     INTEGER,
    backup_enabled INTEGER,
    paused         INTEGER NOT NULL,
    deleted        INTEGER NOT NULL,
    PRIMARY KEY (project_id, place)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE cluster_sources (
    project_id     BLOB NOT NULL,
    place          INTEGER NOT NULL,
    nth            INTEGER NOT NULL,
    source         INTEGER NOT NULL,
    from_the_start INTEGER NOT NULL,
    PRIMARY KEY (project_id, place, nth)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE tags (
    project_id BLOB NOT NULL,
    place      INTEGER NOT NULL,
    name       TEXT NOT NULL,
    value      TEXT NOT NULL,
    PRIMARY KEY (project_id, place, name)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE cursors (
    sink TEXT PRIMARY KEY,
    seq  INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
)sql";

// Entry n takes a file from version n to n + 1. What was released is never edited.
constexpr std::array<const char*, kSchemaVersion> kMigrations{kCreateVersion1};

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

Status migrate(Database& database, std::int64_t from) {
  std::string script = "BEGIN IMMEDIATE;";
  for (auto i = static_cast<std::size_t>(from); i < kMigrations.size(); ++i) {
    script += kMigrations[i];
  }
  script += "PRAGMA application_id=" + std::to_string(kApplicationId) + ";";
  script += "PRAGMA user_version=" + std::to_string(kSchemaVersion) + ";COMMIT";
  Status done = database.execute(script);
  if (!done && database.in_transaction()) (void)database.execute("ROLLBACK");
  return done;
}

}  // namespace

Status prepare_schema(Database& database, const std::string& path) {
  const Result<std::int64_t> version = version_of(database, path);
  if (!version) return version.error();
  if (Status sound = check_soundness(database, path); !sound) return sound;
  if (Status wal = use_write_ahead_log(database, path); !wal) return wal;
  if (*version == kSchemaVersion) return Success{};
  return migrate(database, *version);
}

}  // namespace restorewatch
