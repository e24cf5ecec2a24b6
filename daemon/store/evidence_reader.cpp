#include "store/evidence_reader.h"

#include <utility>

#include "store/fields.h"
#include "store/inventory_reader.h"
#include "store/journal_rows.h"
#include "store/population_rows.h"
#include "store/rows.h"
#include "store/schema.h"
#include "store/store_files.h"

namespace restorewatch {
namespace {

/// The index has the order that is wanted: without being told, SQLite would sort all rows.
std::string get_steps() {
  return "SELECT " + entry_columns() +
         " FROM journal INDEXED BY journal_by_job WHERE job_id IS NOT NULL ORDER BY job_id, seq";
}

std::string get_silent_jobs() {
  return "SELECT " + target_row() + ", " + job_row() +
         " FROM jobs JOIN targets ON targets.id = jobs.target WHERE NOT EXISTS "
         "(SELECT 1 FROM journal WHERE journal.job_id = jobs.job_id) ORDER BY target, job_id";
}

/// Calls `read` for each row.
template <typename Read>
Status for_each(Database& database, const std::string& sql, Read read) {
  Statement statement = database.prepare(sql);
  if (Status prepared = database.prepared(); !prepared) return prepared;
  Query query(statement);
  while (query.next()) read(query);
  if (!query.ok()) return query.error();
  return Success{};
}

}  // namespace

EvidenceReader::EvidenceReader(std::string path, bool at_rest, Database database)
    : path_(std::move(path)), at_rest_(at_rest), database_(std::move(database)) {}

Result<std::unique_ptr<EvidenceReader>> EvidenceReader::open(const std::string& path) {
  const bool at_rest = !has_log(path);
  Result<Database> database = Database::open(path, Database::Mode::Inspect);
  if (!database) return database.error();
  if (Status known = check_version(*database, path); !known) return known.error();
  if (Status begun = database->execute("BEGIN"); !begun) return begun.error();
  return std::unique_ptr<EvidenceReader>(new EvidenceReader(path, at_rest, std::move(*database)));
}

Result<Verification> EvidenceReader::verify() {
  return restorewatch::verify(database_, std::nullopt);
}

Status EvidenceReader::each_entry(const std::function<void(const JournalEntry&)>& take) {
  return for_each(database_, "SELECT " + entry_columns() + " FROM journal ORDER BY seq",
                  [&](Query& query) {
                    const EntryRow row = get_entry(query);
                    if (query.ok()) take(row.entry);
                  });
}

Status EvidenceReader::each_step(const std::function<void(const Transition&)>& take) {
  return for_each(database_, get_steps(), [&](Query& query) {
    const EntryRow row = get_entry(query);
    const Transition* const step = row.entry.transition();
    if (query.ok() && step != nullptr) take(*step);
  });
}

Status EvidenceReader::each_silent_job(
    const std::function<void(const TargetKey&, const TrackedJob&)>& take) {
  return for_each(database_, get_silent_jobs(), [&](Query& query) {
    const TargetKey target = get_target(query);
    const TrackedJob job = get_tracked_job(query);
    if (query.ok()) take(target, job);
  });
}

Result<std::vector<PopulationMember>> EvidenceReader::population() {
  PopulationRows rows(database_);
  if (Status prepared = database_.prepared(); !prepared) return prepared.error();
  return rows.read();
}

Result<std::vector<std::pair<TargetKey, WallTime>>> EvidenceReader::first_reads() {
  std::vector<std::pair<TargetKey, WallTime>> all;
  const std::string sql =
      "SELECT " + target_row() + ", baseline_at FROM targets WHERE baseline_at IS NOT NULL";
  Status read = for_each(database_, sql, [&](Query& query) {
    auto& [target, at] = all.emplace_back();
    target = get_target(query);
    get_into(at, query);
  });
  if (!read) return read.error();
  return all;
}

Result<std::vector<KnownProject>> EvidenceReader::inventory() {
  InventoryReader reader(database_);
  if (Status prepared = database_.prepared(); !prepared) return prepared.error();
  return reader.read();
}

Result<std::optional<WallTime>> EvidenceReader::last_looked_at() {
  return time("SELECT max(last_looked_at) FROM targets");
}

Result<std::optional<WallTime>> EvidenceReader::forgotten_before() {
  return time("SELECT max(forgotten_before) FROM anchor");
}

Result<std::optional<WallTime>> EvidenceReader::time(const char* sql) {
  std::optional<WallTime> time;
  Status read = for_each(database_, sql, [&](Query& query) { get_into(time, query); });
  if (!read) return read.error();
  return time;
}

Status EvidenceReader::still_of_one_moment() const {
  if (!at_rest_ || !has_log(path_)) return Success{};
  return Error{ErrorKind::Storage,
               path_ + " was opened by the daemon while it was read; run the command again"};
}

}  // namespace restorewatch
