#pragma once

#include <optional>
#include <string>

#include "simulator/fault.h"
#include "simulator/world.h"

namespace atlas_simulator {

/// The address at the head of every link: real answers name it whatever host was asked.
inline constexpr std::string_view kLinkHost = "https://cloud.mongodb.com";

/// Where a cluster's restore jobs are served.
std::string jobs_path(const Project& project, const Cluster& cluster);

/// A visible job as Atlas's JSON for the dedicated tier, in the recorded shape: explicit nulls,
/// undocumented members and no order of members. `spoil` gives one member a wrong type.
/// Source: Atlas Admin API v2, "Return One Restore Job for One Cluster", and recorded answers.
std::string job_body(const Job& job, const Project& project, const Cluster& cluster,
                     VirtualTime now, std::optional<BadField> spoil = std::nullopt);

}  // namespace atlas_simulator
