#pragma once

#include <chrono>
#include <string>

namespace restorewatch {

/// For people, in the largest unit that fits and, with `units` 2, the next one: "1.5 s", "45 s",
/// "3 h 20 min", "12 d 4 h". What is smaller is cut off. Negative ones as 0.
std::string duration_text(std::chrono::milliseconds duration, int units = 2);

}  // namespace restorewatch
