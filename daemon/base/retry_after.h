#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "base/time.h"

namespace restorewatch {

/// What the header Retry-After asks for (RFC 9110): seconds, or a date, which is compared with
/// `now`. A day at most, whatever the server says; absent where it cannot be read.
std::optional<std::chrono::seconds> parse_retry_after(std::string_view text, WallTime now);

}  // namespace restorewatch
