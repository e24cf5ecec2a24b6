#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "jobs/inventory_store.h"
#include "jobs/journal.h"
#include "jobs/population_store.h"
#include "report/cluster_tally.h"
#include "report/report.h"

namespace restorewatch {

/// What a store says besides its journal and jobs.
struct StoreFacts {
  std::vector<PopulationMember> population;
  std::vector<std::pair<TargetKey, WallTime>> first_reads;  // of each target that was ever read
  std::vector<KnownProject> inventory;
  std::optional<WallTime> last_looked_at;    // at any target
  std::optional<WallTime> forgotten_before;  // what retention has cut
};

/// Makes a report of a journal and its store. First every entry is learned, in order; then come the
/// store's facts, then every job, in any order; after that the report and its rows can be had. Its
/// memory grows with clusters, targets and gaps, not with entries; see also ClusterTally.
class Reconciliation {
 public:
  explicit Reconciliation(ReportOptions options) : options_(std::move(options)) {}

  void learn(const JournalEntry& entry);
  /// `now`: nothing later is claimed to have been observed.
  void settle(const StoreFacts& facts, WallTime now);
  void count(const JobEvidence& job);

  /// All but what of its provenance only who read the store can know.
  Report report() const;

  /// Absent: the job is not of the period, or was not asked for.
  std::optional<ReportRow> row(const JobEvidence& job) const;

 private:
  ClusterBook::Place place_of(const TargetKey& target);
  bool is_asked_for(const ClusterBook::Entry& cluster) const;
  void judge(const ClusterBook::Entry& cluster, ReportRow& row) const;
  ClusterSummary summary_of(ClusterBook::Place place) const;
  std::optional<Period> seen(ClusterBook::Place place, const ClusterSummary& summary) const;
  bool belongs(const ClusterSummary& summary, ClusterBook::Place place) const;
  std::vector<Gap> gaps_of_all() const;
  std::vector<Gap> unwatched(ClusterBook::Place place) const;

  ReportOptions options_;
  ClusterBook book_;
  Observation observation_{options_.stale_after};
  Period evidence_{};  // that the journal speaks of, whatever the period
  std::optional<WallTime> forgotten_before_;
  std::vector<ClusterTally> tallies_;  // by place in the book
};

}  // namespace restorewatch
