#pragma once

#include <chrono>
#include <cstdint>

#include "base/time.h"

namespace restorewatch {

/// The turns of one target: one an interval, at a place inside it that depends on the target only.
struct TurnGrid {
  std::chrono::nanoseconds interval{0};  // more than 0
  SteadyTime first;                      // the first turn; there is none before

  /// Turns begin at `start`; `place` is any well-mixed number.
  TurnGrid(std::chrono::nanoseconds each, std::uint64_t place, SteadyTime start)
      : interval(each),
        first(start + std::chrono::nanoseconds(place % static_cast<std::uint64_t>(each.count()))) {}

  /// The first turn at `time` or later.
  SteadyTime from(SteadyTime time) const {
    if (time <= first) return first;
    const auto turns = (time - first + interval - std::chrono::nanoseconds(1)) / interval;
    return first + turns * interval;
  }

  SteadyTime after(SteadyTime time) const { return from(time + std::chrono::nanoseconds(1)); }
};

}  // namespace restorewatch
