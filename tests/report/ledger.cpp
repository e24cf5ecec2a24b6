#include "report/ledger.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace restorewatch {

using namespace testing_jobs;

WallTime day(int day) {
  return noon() + hours(24) * day;
}

ReportOptions ten_days() {
  ReportOptions options;
  options.period = {day(10), day(20)};
  return options;
}

void Ledger::note(NoteKind kind, WallTime at, std::optional<TargetKey> target, std::string detail) {
  if (kind == NoteKind::TargetAdded) facts.first_reads.emplace_back(*target, at);
  const std::string project_name = target ? "payments" : "";
  Note note{kind, at, std::move(target), project_name, std::move(detail)};
  entries_.push_back({entries_.size() + 1, std::move(note)});
  now = std::max(now, at);
}

void Ledger::begin(WallTime at, const TargetKey& target) {
  note(NoteKind::StoreCreated, at);
  note(NoteKind::DaemonStarted, at);
  note(NoteKind::TargetAdded, at, target);
}

Transition& Ledger::step(const TargetKey& target, const RestoreJob& job,
                         std::optional<JobState> from, WallTime at) {
  Transition step;
  step.target = target;
  step.project_name = "payments";
  step.job = job;
  step.from = from;
  step.to = job.state;
  step.outcome = job.outcome;
  step.counts_request = !from;
  step.counts_outcome = job.outcome.has_value();
  step.missed = !from && is_ended(job.state);
  step.purpose = Purpose::Drill;
  step.observed_at = at;
  step.not_before = at - seconds(10);
  entries_.push_back({entries_.size() + 1, step});
  now = std::max(now, at);
  return std::get<Transition>(entries_.back().what);
}

void Ledger::drill(int n, WallTime requested_at, WallTime end) {
  RestoreJob restore = job(JobState::InProgress, n, seconds(0));
  restore.id = job_id(n, std::chrono::duration_cast<seconds>(noon() - requested_at));
  restore.requested_at = requested_at;
  step(target_key(), restore, std::nullopt, requested_at + seconds(5));
  restore.state = JobState::Completed;
  restore.outcome = Outcome::Completed;
  restore.finished_at = end;
  step(target_key(), restore, JobState::InProgress, end + seconds(5));
}

void Ledger::each_job(const JobAssembly::Take& take) const {
  std::vector<Transition> steps;
  for (const JournalEntry& entry : entries_) {
    if (entry.transition() != nullptr) steps.push_back(*entry.transition());
  }
  std::ranges::stable_sort(steps, {}, [](const Transition& step) { return step.job.id; });
  JobAssembly assembly(take);
  for (const Transition& step : steps) assembly.add(step);
  assembly.finish();
  for (const JobEvidence& job : silent) take(job);
}

Reconciliation Ledger::reconciled(const ReportOptions& options) const {
  Reconciliation reconciliation(options);
  for (const JournalEntry& entry : entries_) reconciliation.learn(entry);
  reconciliation.settle(facts, now);
  each_job([&](const JobEvidence& job) { reconciliation.count(job); });
  return reconciliation;
}

Report Ledger::report(const ReportOptions& options) const {
  return reconciled(options).report();
}

std::vector<ReportRow> Ledger::rows(const ReportOptions& options) const {
  const Reconciliation reconciliation = reconciled(options);
  std::vector<ReportRow> rows;
  each_job([&](const JobEvidence& job) {
    if (auto row = reconciliation.row(job)) rows.push_back(*std::move(row));
  });
  return rows;
}

ClusterSummary Ledger::cluster(const ReportOptions& options) const {
  const Report made = report(options);
  EXPECT_EQ(made.clusters.size(), 1U);
  return made.clusters.empty() ? ClusterSummary{} : made.clusters.front();
}

ReportRow Ledger::row(const ReportOptions& options) const {
  const auto made = rows(options);
  EXPECT_EQ(made.size(), 1U);
  return made.empty() ? ReportRow{} : made.front();
}

}  // namespace restorewatch
