#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "metrics/family.h"

namespace restorewatch {

/// The families that say something of single clusters. Nearly all of a page is theirs.
enum class ClusterFamily : std::uint8_t {
  Jobs,
  OldestActive,
  LinksActive,
  LinkExpiry,
  LastSuccess,
  LastSuccessRequested,
  LastSuccessDuration,
  LastSuccessRecoveryPoint,
  LastDrill,
  LastFailure,
  LastFailureObserved,
  JobsRequested,
  JobsFinished,
  PolicyViolations,
  LastViolationObserved,
  TargetUp,
  TargetLastSuccess,
  TargetInterval,
  JobInfo,
  SingleJobState,
  JobRequestedAt,
  JobFinishedAt,
};
inline constexpr std::size_t kClusterFamilyCount = 22;

struct ClusterFamilyFacts {
  std::string_view name;
  std::string_view type;
  std::string_view help;
};

const ClusterFamilyFacts& facts_of(ClusterFamily family);

/// The series of one cluster, by family. An absent time or duration adds none.
class ClusterSeries {
 public:
  void add(ClusterFamily family, std::string labels, double value);
  void add(ClusterFamily family, std::string labels, std::uint64_t value);
  void add(ClusterFamily family, std::string labels, std::optional<WallTime> time);
  void add(ClusterFamily family, std::string labels,
           std::optional<std::chrono::milliseconds> duration);

  /// Appends the family's samples to the page, sorted by their labels.
  void append_samples(ClusterFamily family, std::string& out);

 private:
  std::array<std::vector<Series>, kClusterFamilyCount> families_;
};

double in_seconds(std::chrono::milliseconds duration);

}  // namespace restorewatch
