#include "store/reader.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "store/fields.h"
#include "store/journal_rows.h"
#include "store/query.h"
#include "store/rows.h"
#include "store/tallies.h"

namespace restorewatch {
namespace {

std::string select(const std::string& columns, const std::string& rest) {
  return "SELECT " + columns + " " + rest;
}

// SQLite counts to 2^63 - 1; nothing stored is beyond.
std::int64_t clamp(std::uint64_t value) {
  constexpr auto kMax = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  return static_cast<std::int64_t>(std::min(value, kMax));
}

template <typename Counters>
Status read_tallies(Query& query, Counters& counters) {
  while (query.next()) {
    const std::string name(query.get_text());
    if (!restore(name, get<std::uint64_t>(query), counters)) query.reject();
  }
  if (!query.ok()) return query.error();
  return Success{};
}

}  // namespace

Result<std::unique_ptr<Reader>> Reader::open(const std::string& path) {
  Result<Database> database = Database::open(path, Database::Mode::ReadOnly);
  if (!database) return database.error();
  std::unique_ptr<Reader> reader(new Reader(std::move(*database)));
  if (Status prepared = reader->database_.prepared(); !prepared) return prepared.error();
  return reader;
}

Reader::Reader(Database database)
    : database_(std::move(database)),
      begin_(database_.prepare("BEGIN")),
      end_(database_.prepare("COMMIT")),
      targets_(database_),
      inventory_(database_),
      population_(database_),
      get_jobs_(database_.prepare(select(job_row(), "FROM jobs WHERE target = ? ORDER BY job_id"))),
      get_counters_(database_.prepare("SELECT name, value FROM target_counters WHERE target = ?")),
      get_violations_(database_.prepare("SELECT detail, observed_at FROM journal WHERE target = ? "
                                        "AND kind = 1 AND detail IS NOT NULL")),
      get_targets_(database_.prepare(select(target_row(), "FROM targets WHERE version > 0"))),
      get_totals_(database_.prepare("SELECT name, value FROM totals")),
      get_entries_(database_.prepare(
          select(entry_columns(), "FROM journal WHERE seq > ? ORDER BY seq LIMIT ?"))),
      get_forgotten_before_(database_.prepare("SELECT forgotten_before FROM anchor")),
      get_last_seq_(database_.prepare(kGetLastSeq)),
      get_cursors_(database_.prepare("SELECT sink, seq FROM cursors")) {}

Result<TargetRecord> Reader::load(const TargetKey& target) {
  return at_one_moment<TargetRecord>([&] { return load_in_transaction(target); });
}

Result<std::vector<KnownProject>> Reader::load_inventory() {
  return at_one_moment<std::vector<KnownProject>>([this] { return inventory_.read(); });
}

Result<FleetTotals> Reader::load_totals() {
  const std::lock_guard lock(mutex_);
  FleetTotals totals;
  Query query(get_totals_);
  if (Status read = read_tallies(query, totals); !read) return read.error();
  return totals;
}

Result<std::vector<TargetKey>> Reader::known_targets() {
  const std::lock_guard lock(mutex_);
  std::vector<TargetKey> targets;
  Query query(get_targets_);
  while (query.next()) targets.push_back(get_target(query));
  if (!query.ok()) return query.error();
  return targets;
}

Result<std::vector<JournalEntry>> Reader::read_after(std::uint64_t after, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  std::vector<JournalEntry> entries;
  Query query(get_entries_);
  query.put_integer(clamp(after));
  query.put_integer(clamp(limit));
  while (query.next()) entries.push_back(get_entry(query).entry);
  if (!query.ok()) return query.error();
  return entries;
}

Result<std::uint64_t> Reader::last_seq() {
  const std::lock_guard lock(mutex_);
  Query query(get_last_seq_);
  if (!query.next()) return query.error();
  return get<std::uint64_t>(query);
}

Result<std::vector<PopulationMember>> Reader::load_population() {
  const std::lock_guard lock(mutex_);
  return population_.read();
}

Result<std::optional<WallTime>> Reader::forgotten_before() {
  const std::lock_guard lock(mutex_);
  Query query(get_forgotten_before_);
  if (!query.next()) return query.error();
  return get<std::optional<WallTime>>(query);
}

Result<std::map<std::string, std::uint64_t, std::less<>>> Reader::cursors() {
  const std::lock_guard lock(mutex_);
  std::map<std::string, std::uint64_t, std::less<>> cursors;
  Query query(get_cursors_);
  while (query.next()) {
    std::string sink(query.get_text());
    cursors.emplace(std::move(sink), get<std::uint64_t>(query));
  }
  if (!query.ok()) return query.error();
  return cursors;
}

template <typename T, typename Read>
Result<T> Reader::at_one_moment(Read read) {
  const std::lock_guard lock(mutex_);
  if (Status begun = Query(begin_).run(); !begun) return begun.error();
  Result<T> result = read();
  // An I/O error has often ended the transaction already, and is the one to tell.
  if (!result && !database_.in_transaction()) return result;
  if (Status ended = Query(end_).run(); !ended && result) return ended.error();
  return result;
}

Result<TargetRecord> Reader::load_in_transaction(const TargetKey& target) {
  TargetRecord record;
  record.key = target;
  const Result<std::optional<TargetRow>> row = targets_.find(target);
  if (!row) return row.error();
  if (!row->has_value()) return record;  // never seen
  record.version = (*row)->version;
  record.baseline_at = (*row)->baseline_at;
  record.last_looked_at = (*row)->last_looked_at;
  if (Status read = read_jobs((*row)->id, record.jobs); !read) return read.error();
  if (Status read = read_counters((*row)->id, record.counters); !read) return read.error();
  if (Status read = read_violations((*row)->id, record.last_violation_at); !read) {
    return read.error();
  }
  return record;
}

Status Reader::read_jobs(std::int64_t target, JobTable& jobs) {
  Query query(get_jobs_);
  put(query, target);
  while (query.next()) jobs.put(get_tracked_job(query));  // they come in order
  if (!query.ok()) return query.error();
  return Success{};
}

Status Reader::read_counters(std::int64_t target, TargetCounters& counters) {
  Query query(get_counters_);
  put(query, target);
  return read_tallies(query, counters);
}

Status Reader::read_violations(std::int64_t target, LastViolations& last) {
  Query query(get_violations_);
  put(query, target);
  while (query.next()) {
    const Violations violations = get_violations(query);
    note(violations, get<WallTime>(query), last);
  }
  if (!query.ok()) return query.error();
  return Success{};
}

}  // namespace restorewatch
