#include "store/history.h"

#include "store/database.h"
#include "store/fields.h"
#include "store/journal_rows.h"
#include "store/rows.h"
#include "store/schema.h"

namespace restorewatch {
namespace {

std::string get_known() {
  return "SELECT " + target_row() + ", " + job_row() +
         " FROM jobs JOIN targets ON targets.id = jobs.target WHERE job_id = ? ORDER BY target";
}

std::string get_entries() {
  return "SELECT " + entry_columns() + " FROM journal WHERE job_id = ? ORDER BY seq";
}

/// Calls `read` for each row.
template <typename Read>
Status for_each(Database& database, const std::string& sql, const JobId& job, Read read) {
  Statement statement = database.prepare(sql);
  if (Status prepared = database.prepared(); !prepared) return prepared;
  Query query(statement);
  put(query, job);
  while (query.next()) read(query);
  if (!query.ok()) return query.error();
  return Success{};
}

}  // namespace

Result<JobHistory> read_history(const std::string& path, const JobId& job) {
  Result<Database> database = Database::open(path, Database::Mode::Inspect);
  if (!database) return database.error();
  if (Status known = check_version(*database, path); !known) return known.error();
  if (Status begun = database->execute("BEGIN"); !begun) return begun.error();
  JobHistory history;
  Status read = for_each(*database, get_known(), job, [&](Query& query) {
    TargetKey target = get_target(query);
    history.known.emplace_back(std::move(target), get_tracked_job(query));
  });
  if (!read) return read.error();
  read = for_each(*database, get_entries(), job,
                  [&](Query& query) { history.entries.push_back(get_entry(query).entry); });
  if (!read) return read.error();
  return history;
}

}  // namespace restorewatch
