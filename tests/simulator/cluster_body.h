#pragma once

#include <string>
#include <string_view>

#include "simulator/world.h"

namespace atlas_simulator {

// Projects and clusters as Atlas's JSON, as far as a reader of restore jobs meets them. Connection
// strings are there, and carry a word that no output of such a reader may show.

/// Source: Atlas Admin API v2, "Return All Projects".
std::string project_body(const Project& project);

/// A dedicated, shared-tier or free cluster. Versions before 2024-08-05 also have `numShards`.
/// Source: Atlas Admin API v2, "Return All Clusters in One Project".
std::string cluster_body(const Cluster& cluster, const Project& project, std::string_view version);

/// Source: Atlas Admin API v2, "Return All Flex Clusters from One Project", and recorded answers.
std::string flex_body(const Cluster& cluster, const Project& project);

/// Source: Atlas Admin API v2, "Return All Serverless Instances in One Project".
std::string serverless_body(const Cluster& cluster, const Project& project);

}  // namespace atlas_simulator
