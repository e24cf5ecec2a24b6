#pragma once

#include <string>

#include "base/time.h"

namespace restorewatch {

/// How far off, in one unit: "just now", "5 min ago", "in 3 d".
std::string relative_text(WallTime time, WallTime now);

/// To the minute, in UTC: "2026-08-10 09:42".
std::string minute_text(WallTime time);

}  // namespace restorewatch
