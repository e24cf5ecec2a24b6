#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "base/time.h"

namespace restorewatch {

/// How long a cluster went without a successful drill.
struct DrillGap {
  std::chrono::milliseconds longest{0};
  bool any_drill = false;

  /// Whether the interval was kept. Absent while no drill is known and it may still not be due.
  std::optional<bool> met(const std::optional<std::chrono::milliseconds>& interval) const;
};

/// The longest time without a good drill that ends in [since, until]: from one to the next, from
/// the last to `until`, and to the first of all from `watched_from`. `drills`: the ends of the good
/// ones, in any order; those from `until` on do not count. Absent where there is nothing to look
/// at: `until` is not behind `since`.
std::optional<DrillGap> drill_gap(std::vector<WallTime> drills, WallTime watched_from,
                                  WallTime since, WallTime until);

}  // namespace restorewatch
