#pragma once

#include <chrono>
#include <vector>

#include "report/report.h"

namespace restorewatch {

/// Adds up the jobs of one cluster. Keeps 8 bytes for each restore that completed in the period,
/// and for each good drill ever.
class ClusterTally {
 public:
  /// `row`: absent where the job is not of the period. It is counted in the period that it ended
  /// in.
  void count(const JobEvidence& job, const std::optional<ReportRow>& row, const Period& period);

  bool has_rows() const { return has_rows_; }

  /// Puts what was counted into `summary`, whose objectives and times are there. `seen`: from when
  /// the cluster was watched first to when it was seen last; absent: never.
  void put_into(ClusterSummary& summary, const std::optional<Period>& seen,
                const Period& period) const;

 private:
  std::array<std::uint64_t, kOutcomeCount> restores_{};
  std::array<std::uint64_t, kOutcomeCount> downloads_{};
  std::uint64_t active_at_end_ = 0;
  std::uint64_t drills_completed_ = 0;
  std::uint64_t duration_missed_ = 0;
  std::uint64_t recovery_point_missed_ = 0;
  std::vector<std::chrono::milliseconds> durations_;
  std::vector<WallTime> good_drills_;
  bool has_rows_ = false;
};

}  // namespace restorewatch
