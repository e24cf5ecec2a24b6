#pragma once

#include <string>
#include <vector>

#include "base/telemetry.h"

namespace restorewatch {

/// What is wrong with the daemon itself, a sentence each, by the gauges that alerts ask, too.
/// Thread-safe.
std::vector<std::string> own_troubles(const Telemetry& telemetry);

}  // namespace restorewatch
