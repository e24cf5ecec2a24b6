#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace restorewatch {

/// Reads "90s", "1h30m" or "3y": whole numbers, each with its unit, larger units first. Units are
/// ms, s, m, h, d, w (7 d) and y (365 d), as in Prometheus. Anything else is absent, and so is
/// what does not fit.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

/// Exact, in the largest unit that divides it: "15m", "36h", "1500ms", "0s". Not negative.
std::string format_duration(std::chrono::milliseconds duration);

}  // namespace restorewatch
