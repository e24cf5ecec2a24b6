#pragma once

#include <vector>

#include "base/telemetry.h"
#include "metrics/family.h"

namespace restorewatch {

/// What the daemon's own instruments show now.
std::vector<Family> self_families(const Telemetry& telemetry);

/// process_* as Prometheus's client libraries export them, from /proc/self. What cannot be read
/// is left out.
std::vector<Family> process_families();

}  // namespace restorewatch
