#include "store/retention.h"

#include <string>

#include "jobs/words.h"
#include "store/anchor.h"
#include "store/fields.h"
#include "store/rows.h"

namespace restorewatch {
namespace {

std::string remove_ended_jobs() {
  std::string ended;
  for (std::size_t i = 0; i < kJobStateCount; ++i) {
    const auto state = static_cast<JobState>(i);
    if (!is_ended(state)) continue;
    ended += (ended.empty() ? "" : ", ") + std::to_string(code_of(state));
  }
  return "DELETE FROM jobs WHERE requested_at < ? AND state IN (" + ended + ")";
}

Status run_with_seq(Statement& statement, std::uint64_t seq) {
  Query query(statement);
  put(query, seq);
  return query.run();
}

}  // namespace

Retention::Retention(Database& database, JournalWriter& journal)
    : database_(database),
      journal_(journal),
      at_the_anchor_(database, TallyRows::at_the_anchor()),
      get_entries_(database.prepare("SELECT " + entry_columns() + " FROM journal ORDER BY seq")),
      put_anchor_(database.prepare("UPDATE anchor SET seq = ?, hash = ?")),
      remove_entries_(database.prepare("DELETE FROM journal WHERE seq <= ?")),
      remove_parked_(database.prepare("DELETE FROM parked WHERE seq <= ?")),
      remove_jobs_(database.prepare(remove_ended_jobs())),
      put_horizon_(database.prepare(
          "UPDATE anchor SET forgotten_before = max(ifnull(forgotten_before, ?1), ?1)")) {}

Status Retention::cut(WallTime horizon, WallTime at) {
  const Result<Prefix> prefix = old_prefix(horizon);
  if (!prefix) return prefix.error();
  if (prefix->entries > 0) {
    if (Status moved = move_anchor(*prefix); !moved) return moved;
    if (Status removed = remove_up_to(prefix->end.seq); !removed) return removed;
  }
  const Result<std::int64_t> jobs = remove_jobs(horizon);
  if (!jobs) return jobs.error();
  if (prefix->entries == 0 && *jobs == 0) return Success{};
  if (Status put = put_horizon(horizon); !put) return put;
  Result<std::string> words = describe(*prefix, *jobs, horizon);
  if (!words) return words.error();
  return journal_.append(Note{NoteKind::RetentionRun, at, {}, {}, *std::move(words)});
}

Result<Retention::Prefix> Retention::old_prefix(WallTime horizon) {
  Prefix prefix;
  Query query(get_entries_);
  while (query.next()) {
    const EntryRow row = get_entry(query);
    if (!query.ok()) return query.error();
    if (time_of(row.entry) >= horizon) break;
    prefix.end = {row.entry.seq, row.entry.hash};
    ++prefix.entries;
    if (const Transition* const transition = row.entry.transition()) {
      count(*transition, prefix.totals);
      if (row.target) count(*transition, prefix.counters[*row.target]);
    }
  }
  if (!query.ok()) return query.error();
  return prefix;
}

Status Retention::move_anchor(const Prefix& prefix) {
  if (Status added = at_the_anchor_.add(prefix.totals); !added) return added;
  for (const auto& [target, counters] : prefix.counters) {
    if (Status added = at_the_anchor_.add(target, counters); !added) return added;
  }
  Query query(put_anchor_);
  put(query, prefix.end.seq);
  put(query, prefix.end.hash);
  return query.run();
}

Status Retention::remove_up_to(std::uint64_t seq) {
  if (Status removed = run_with_seq(remove_entries_, seq); !removed) return removed;
  return run_with_seq(remove_parked_, seq);
}

Status Retention::put_horizon(WallTime horizon) {
  Query query(put_horizon_);
  put(query, horizon);
  return query.run();
}

Result<std::int64_t> Retention::remove_jobs(WallTime horizon) {
  const std::int64_t before = database_.rows_changed();
  Query query(remove_jobs_);
  put(query, horizon);
  if (Status removed = query.run(); !removed) return removed.error();
  return database_.rows_changed() - before;
}

Result<std::string> Retention::describe(const Prefix& prefix, std::int64_t jobs, WallTime horizon) {
  const Result<std::string> anchor = anchor_in_words(database_);
  if (!anchor) return anchor.error();
  return *anchor + " entries=" + std::to_string(prefix.entries) + " jobs=" + std::to_string(jobs) +
         " horizon=" + format_time(horizon);
}

}  // namespace restorewatch
