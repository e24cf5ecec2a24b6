#pragma once

#include <string>
#include <string_view>

#include "simulator/families.h"

namespace atlas_simulator {

/// The address at the head of every link: real answers name it whatever host was asked.
inline constexpr std::string_view kLinkHost = "https://cloud.mongodb.com";

/// Where the API serves a project: `/api/atlas/v2/groups/{id}`.
std::string project_path(Generation generation, const std::string& project_id);

/// Where a cluster's restore jobs are served. Source: Atlas Admin API, paths of both generations.
std::string jobs_path(Generation generation, Source source, const std::string& project_id,
                      const std::string& cluster);

/// A `{rel, href}` to `path`, as JSON.
std::string link_json(std::string_view rel, std::string_view host, const std::string& path);

}  // namespace atlas_simulator
