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

ResultWriter::ResultWriter(Database& database, JournalWriter& journal)
    : journal_(journal),
      targets_(database),
      counters_(database, TallyRows::counters()),
      put_job_(database.prepare(insert("INSERT OR REPLACE INTO jobs", "target, " + job_row()))) {}

Result<CommitStatus> ResultWriter::write(const PollResult& result) {
  const Result<std::optional<std::int64_t>> target = targets_.claim(result);
  if (!target) return target.error();
  if (!target->has_value()) return CommitStatus::Conflict;
  for (const TrackedJob& tracked : result.jobs) {
    if (Status done = write_job(**target, tracked); !done) return done.error();
  }
  for (const Transition& transition : result.transitions) {
    if (Status done = journal_.append(transition, **target); !done) return done.error();
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

Status ResultWriter::add_counts(std::int64_t target, const std::vector<Transition>& transitions) {
  TargetCounters counters;
  FleetTotals totals;
  for (const Transition& transition : transitions) {
    count(transition, counters);
    count(transition, totals);
  }
  if (Status done = counters_.add(target, counters); !done) return done;
  return counters_.add(totals);
}

}  // namespace restorewatch
