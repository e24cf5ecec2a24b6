#pragma once

#include <string>

#include "http/findings.h"

namespace restorewatch {

/// An item of /api/v1/targets.
std::string cluster_json(const ClusterRow& row, const ClusterState& state);

}  // namespace restorewatch
