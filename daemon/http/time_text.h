#pragma once

#include <chrono>
#include <string>

#include "base/time.h"

namespace restorewatch {

/// For people, in the largest unit that fits and the next one: "45 s", "3 h 20 min", "12 d 4 h".
/// Negative ones as 0.
std::string duration_text(std::chrono::milliseconds duration);

/// How far off, in one unit: "just now", "5 min ago", "in 3 d".
std::string relative_text(WallTime time, WallTime now);

/// To the minute, in UTC: "2026-08-10 09:42".
std::string minute_text(WallTime time);

}  // namespace restorewatch
