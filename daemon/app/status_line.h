#pragma once

#include <string>
#include <vector>

#include "jobs/snapshot.h"

namespace restorewatch {

/// How the watching goes, in one line for people: "watching 812 targets, 3 blind; last look at
/// 2026-08-10T09:42:00Z". A look counts if it has read all it wanted to. `snapshot` may be null.
/// `troubles`: what is wrong with the daemon itself, a sentence each, the worst first.
std::string status_line(const Snapshot* snapshot, const std::vector<std::string>& troubles);

}  // namespace restorewatch
