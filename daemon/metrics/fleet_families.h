#pragma once

#include <vector>

#include "jobs/snapshot.h"
#include "metrics/family.h"

namespace restorewatch {

/// What is said of projects, sources and kinds of jobs, over all clusters: few series, and made
/// anew for each page.
std::vector<Family> fleet_families(const Snapshot& snapshot);

}  // namespace restorewatch
