#pragma once

#include <optional>
#include <string_view>

#include "base/time.h"

namespace restorewatch {

/// Reads "Thu, 01 Jul 2027 00:00:00 GMT" (RFC 9110, IMF-fixdate), and without the day's leading
/// zero, which Atlas leaves out. The name of the weekday is not checked.
std::optional<WallTime> parse_http_date(std::string_view text);

}  // namespace restorewatch
