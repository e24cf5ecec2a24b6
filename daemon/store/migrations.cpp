#include "store/migrations.h"

#include <array>

#include "store/chain_old_journal.h"

namespace restorewatch {
namespace {

constexpr const char* kVersion1 = R"sql(
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

constexpr const char* kVersion2 = R"sql(
  ALTER TABLE journal RENAME TO journal_1;
  DROP INDEX journal_by_job;

  -- Transitions, and notes in the same columns, those they have no use for NULL. Complete in
  -- itself: no row depends on another table, `target` only helps to prove counters. AUTOINCREMENT
  -- keeps the highest number ever given, even when rows are gone.
  CREATE TABLE journal (
    seq                INTEGER PRIMARY KEY AUTOINCREMENT,
    kind               INTEGER NOT NULL,
    project_id         BLOB,
    cluster_name       TEXT,
    source             INTEGER,
    cluster_id         BLOB,
    job_id             BLOB,
    delivery           INTEGER,
    state              INTEGER,
    shown_outcome      INTEGER,
    requested_at       INTEGER,
    finished_at        INTEGER,
    expires_at         INTEGER,
    snapshot_id        BLOB,
    snapshot_at        INTEGER,
    recovery_point     INTEGER,
    target_project_id  BLOB,
    target_cluster     TEXT,
    error_message      TEXT,
    has_link           INTEGER,
    restored_documents INTEGER,
    total_documents    INTEGER,
    failed_collections INTEGER,
    project_name       TEXT NOT NULL,
    from_state         INTEGER,
    to_state           INTEGER,
    nth                INTEGER,
    outcome            INTEGER,
    counts_request     INTEGER,
    counts_outcome     INTEGER,
    missed             INTEGER,
    purpose            INTEGER,
    scope              INTEGER,
    observed_at        INTEGER NOT NULL,
    not_before         INTEGER,
    target             INTEGER,
    detail             TEXT,
    hash               BLOB NOT NULL
  ) STRICT;
  CREATE INDEX journal_by_job ON journal (job_id) WHERE job_id IS NOT NULL;

  -- The last entry that retention has cut, what had been counted up to it, and the latest horizon.
  -- One row.
  CREATE TABLE anchor (
    seq              INTEGER NOT NULL,
    hash             BLOB NOT NULL,
    forgotten_before INTEGER
  ) STRICT;
  INSERT INTO anchor VALUES (0, zeroblob(32), NULL);
  CREATE TABLE anchor_counters (
    target INTEGER NOT NULL,
    name   TEXT NOT NULL,
    value  INTEGER NOT NULL,
    PRIMARY KEY (target, name)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE anchor_totals (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- What the journal says is watched.
  CREATE TABLE population (
    project_id   BLOB NOT NULL,
    cluster_name TEXT NOT NULL,
    source       INTEGER NOT NULL,
    cluster_id   BLOB,
    blind        INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX population_by_id ON population (project_id, source, cluster_id);
  CREATE INDEX population_by_name ON population (project_id, source, cluster_name);

  -- What sinks have given up.
  CREATE TABLE parked (
    sink   TEXT NOT NULL,
    seq    INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (sink, seq)
  ) STRICT, WITHOUT ROWID;
)sql";

// Nearly every job has ended when it finished, and a 0 takes no room in a row.
constexpr const char* kVersion3 = R"sql(
  ALTER TABLE jobs RENAME COLUMN ended_at TO ended_after;
  UPDATE jobs SET ended_after = ended_after - finished_at WHERE finished_at IS NOT NULL;
)sql";

// When a target broke a policy last is asked of the journal at every start. Transitions have a
// detail only where they break one.
constexpr const char* kVersion4 = R"sql(
  CREATE INDEX journal_violations ON journal (target) WHERE kind = 1 AND detail IS NOT NULL;
)sql";

Status to_version_1(Database& database) {
  return database.execute(kVersion1);
}

Status to_version_2(Database& database) {
  if (Status done = database.execute(kVersion2); !done) return done;
  if (Status done = chain_old_journal(database); !done) return done;
  return database.execute("DROP TABLE journal_1");
}

Status to_version_3(Database& database) {
  return database.execute(kVersion3);
}

Status to_version_4(Database& database) {
  return database.execute(kVersion4);
}

constexpr std::array kSteps{to_version_1, to_version_2, to_version_3, to_version_4};

}  // namespace

Status migrate_from(std::int64_t version, Database& database) {
  return kSteps.at(static_cast<std::size_t>(version))(database);
}

}  // namespace restorewatch
