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
    : advance_target_(database.prepare(
          "UPDATE targets SET version = version + 1, "
          "last_looked_at = coalesce(?, last_looked_at), baseline_at = coalesce(?, baseline_at) "
          "WHERE project_id = ? AND cluster_name = ? AND source = ? AND version = ? "
          "RETURNING id")),
      insert_target_(database.prepare(
          "INSERT INTO targets (last_looked_at, baseline_at, project_id, cluster_name, source, "
          "version) VALUES (?, ?, ?, ?, ?, 1) ON CONFLICT DO NOTHING RETURNING id")),
      put_job_(database.prepare(insert("INSERT OR REPLACE INTO jobs", "target, " + job_row()))),
      append_journal_(database.prepare(insert("INSERT INTO journal", journal_row()))),
      add_to_counter_(
          database.prepare("INSERT INTO target_counters (target, name, value) VALUES (?, ?, ?) "
                           "ON CONFLICT DO UPDATE SET value = value + excluded.value")),
      add_to_total_(database.prepare("INSERT INTO totals (name, value) VALUES (?, ?) "
                                     "ON CONFLICT DO UPDATE SET value = value + excluded.value")) {}

Result<CommitStatus> ResultWriter::write(const PollResult& result) {
  const Result<std::optional<std::int64_t>> target = claim(result);
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

Result<std::optional<std::int64_t>> ResultWriter::claim(const PollResult& result) {
  for (Statement* const statement : {&advance_target_, &insert_target_}) {
    const bool inserts = statement == &insert_target_;
    if (inserts && result.expected_version != 0) break;  // only an unknown target has version 0
    Query query(*statement);
    put(query, result.looked_at);
    put(query, result.baseline_at);
    put(query, result.target);
    if (!inserts) put(query, result.expected_version);
    if (query.next()) return std::optional(query.get_integer());
    if (!query.ok()) return query.error();
  }
  return std::optional<std::int64_t>{};
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
