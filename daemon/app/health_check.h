#pragma once

#include <chrono>
#include <string>

#include "base/result.h"
#include "config/endpoints.h"

namespace restorewatch {

/// How long a health check waits for all that it asks.
inline constexpr std::chrono::seconds kHealthCheckPatience{3};

/// Whether a daemon that was told to listen at `address` is alive, asked from the same machine:
/// where it listens on every interface, over loopback. The result says how it shows.
/// Errors: BadConfig (port 0 is nobody's in particular), Timeout, Unreachable, Other.
Result<std::string> check_health(const ListenAddress& address);

}  // namespace restorewatch
