#pragma once

#include <string>
#include <vector>

#include "base/telemetry.h"

namespace restorewatch {

/// What is wrong with the daemon itself, a sentence each, by what its own instruments say: what
/// people are shown and what is alerted on cannot differ. Thread-safe.
std::vector<std::string> own_troubles(const Telemetry& telemetry);

}  // namespace restorewatch
