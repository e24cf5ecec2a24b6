#include "store/result_writer.h"

#include <string>

#include "store/fields.h"
#include "store/rows.h"

namespace restorewatch {
namespace {

std::string insert(const std::string& into, const std::string& columns) {
  return into + " (" + columns + ") VALUES (" + placeholders(columns) + ")";
}

}  // namespace

ResultWriter::ResultWriter(Database& database)
    : targets_(database),
      put_job_(database.prepare(insert("INSERT OR REPLACE INTO jobs", "target, " + job_row()))),
      append_journal_(database.prepare(insert("INSERT INTO journal", journal_row()))),
      add_to_counter_(
          database.prepare("INSERT INTO target_counters (target, name, value) VALUES (?, ?, ?) "
                           "ON CONFLICT DO UPDATE SET value = value + excluded.value")),
      add_to_total_(database.prepare("INSERT INTO totals (name, value) VALUES (?, ?) "
                                     "ON CONFLICT DO UPDATE SET value = value + excluded.value")) {}

Result<CommitStatus> ResultWriter::write(const PollResult& result) {
  const Result<std::optional<std::int64_t>> target = targets_.claim(result);
  if (!target) return target.error();
  if (!target->has_value()) return CommitStatus::Conflict;
  for (const TrackedJob& tracked : result.jobs) {
    if (Status done = write_job(**target, tracked); !done) return done.error();
  }
  for (const Transition& transition : result.transitions) {
    if (Status done = write_transition(transition); !done) return done.error();
  }
  if (Status done = add_counts(**target, result.transitions); !done) return done.error();
  return CommitStatus::Committed;
}

Status ResultWriter::write_job(std::int64_t target, const TrackedJob& tracked) {
  const EnteredBytes entered(tracked.entered);
  Query query(put_job_);
  put(query, target);
  put(query, tracked, entered);
  return query.run();
}

Status ResultWriter::write_transition(const Transition& transition) {
  Query query(append_journal_);
  put(query, transition);
  return query.run();
}

Status ResultWriter::add_counts(std::int64_t target, const std::vector<Transition>& transitions) {
  TargetCounters counters;
  FleetTotals totals;
  for (const Transition& transition : transitions) {
    count(transition, counters);
    count(transition, totals);
  }
  for (const Tally& tally : tallies(counters)) {
    Query query(add_to_counter_);
    put(query, target);
    put(query, tally.name);
    put(query, tally.value);
    if (Status done = query.run(); !done) return done;
  }
  for (const Tally& tally : tallies(totals)) {
    Query query(add_to_total_);
    put(query, tally.name);
    put(query, tally.value);
    if (Status done = query.run(); !done) return done;
  }
  return Success{};
}

}  // namespace restorewatch
