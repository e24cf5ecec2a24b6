#pragma once

#include <deque>
#include <vector>

#include "metrics/cluster_groups.h"

namespace restorewatch {

/// How well projects and targets can be seen, and which clusters have backups at all.
void append_visibility_families(const Snapshot& snapshot, const std::vector<ClusterGroup>& clusters,
                                std::deque<Family>& families);

}  // namespace restorewatch
