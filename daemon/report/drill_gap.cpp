#include "report/drill_gap.h"

#include <algorithm>

namespace restorewatch {

std::optional<bool> DrillGap::met(const std::optional<std::chrono::milliseconds>& interval) const {
  if (!interval) return std::nullopt;
  if (longest > *interval) return false;
  return any_drill ? std::optional(true) : std::nullopt;
}

std::optional<DrillGap> drill_gap(std::vector<WallTime> drills, WallTime watched_from,
                                  WallTime since, WallTime until) {
  if (until <= since) return std::nullopt;
  std::ranges::sort(drills);
  std::erase_if(drills, [&](WallTime drill) { return drill >= until; });
  DrillGap gap;
  gap.any_drill = !drills.empty();
  WallTime last = watched_from;  // drills may be older: Atlas told of them at the first look
  drills.push_back(until);
  for (const WallTime next : drills) {
    if (next >= since) gap.longest = std::max(gap.longest, next - last);
    last = next;
  }
  return gap;
}

}  // namespace restorewatch
