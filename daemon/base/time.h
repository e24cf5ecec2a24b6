#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace restorewatch {

/// Time for people, for Atlas and for exported timestamps: UTC, milliseconds.
using WallTime = std::chrono::sys_time<std::chrono::milliseconds>;

/// Time for intervals, back-off and timeouts. Never jumps.
using SteadyTime = std::chrono::time_point<std::chrono::steady_clock, std::chrono::nanoseconds>;

/// Reads RFC 3339 / ISO 8601 as Atlas writes it ("2026-08-10T09:42:00Z"), also with a fraction
/// and with an offset ("+02:00"); the result is UTC. Anything else, including impossible dates
/// and years outside 1970..9999, is absent.
std::optional<WallTime> parse_time(std::string_view text);

/// "2026-08-10T09:42:00Z"; with ".123" before the Z where the time has milliseconds.
std::string format_time(WallTime time);

/// Always with three decimals, so that log lines align: "2026-08-10T09:42:00.000Z".
std::string format_time_millis(WallTime time);

/// Seconds since the epoch, as Prometheus wants timestamps.
double unix_seconds(WallTime time);

WallTime from_unix_seconds(std::int64_t seconds);

}  // namespace restorewatch
