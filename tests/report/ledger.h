#pragma once

#include <optional>
#include <string>
#include <vector>

#include "jobs/job_builders.h"
#include "report/reconciliation.h"

namespace restorewatch {

/// What a store holds, written by hand, and the report on it.
class Ledger {
 public:
  /// An entry at that time; those that are about a target name it. One that is added is read at
  /// once: see facts.first_reads.
  void note(NoteKind kind, WallTime at, std::optional<TargetKey> target = std::nullopt,
            std::string detail = "");

  /// The store was created, the daemon started, and the target was added.
  void begin(WallTime at, const TargetKey& target);

  /// A job is seen in that state, ten seconds after it was last looked at. It counts as the diff
  /// would count it.
  Transition& step(const TargetKey& target, const RestoreJob& job, std::optional<JobState> from,
                   WallTime at);

  /// A restore that is seen going on and then as it ended; a drill. `end`: that it completed at.
  void drill(int n, WallTime requested_at, WallTime end);

  Report report(const ReportOptions& options) const;
  std::vector<ReportRow> rows(const ReportOptions& options) const;

  /// The only cluster of the report.
  ClusterSummary cluster(const ReportOptions& options) const;
  ReportRow row(const ReportOptions& options) const;

  StoreFacts facts;
  std::vector<JobEvidence> silent;  // jobs without an entry
  WallTime now;

 private:
  Reconciliation reconciled(const ReportOptions& options) const;
  void each_job(const JobAssembly::Take& take) const;

  std::vector<JournalEntry> entries_;
};

/// Day `day` of the test's calendar, at noon. The period of most tests is from day 10 to 20.
WallTime day(int day);

ReportOptions ten_days();

}  // namespace restorewatch
