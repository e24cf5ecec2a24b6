#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "simulator/virtual_clock.h"

namespace atlas_simulator {

/// A time as Atlas prints it: ISO 8601, UTC, whole seconds (rounded down), `Z`.
std::string iso_text(VirtualTime time);

/// A time as HTTP's `Date` has it: `Sun, 06 Nov 1994 08:49:37 GMT`.
std::string http_text(VirtualTime time);

/// Reads `YYYY-MM-DDTHH:MM:SSZ`; nothing else is accepted.
std::optional<VirtualTime> parse_iso(std::string_view text);

/// Whole seconds since 1970, rounded down.
std::int64_t unix_seconds(VirtualTime time);

/// Reads `250ms`, `2s`, `4m`, `1h`, `30d`, each with an optional leading minus.
std::optional<Millis> parse_duration(std::string_view text);

}  // namespace atlas_simulator
