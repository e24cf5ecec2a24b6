#pragma once

#include <optional>

#include "simulator/answer.h"
#include "simulator/world.h"

namespace atlas_simulator {

/// The complaint of a job endpoint of `source` about a cluster that has no such jobs: of the wrong
/// family (400), without the feature (403), or with its backups off (404). Absent if it has.
/// Source: recorded answers and the published error codes.
std::optional<Answer> wrong_tier(const Cluster& cluster, Source source);

/// The complaint of `/clusters/{name}` and its like about a cluster of another family.
std::optional<Answer> wrong_cluster_api(const Cluster& cluster, RequestKind kind);

}  // namespace atlas_simulator
