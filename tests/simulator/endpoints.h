#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "simulator/fault.h"
#include "simulator/scenario.h"

namespace atlas_simulator {

/// Whose requests share one rate bucket.
enum class BucketScope { Project, Credential };

/// One documented GET operation.
struct Endpoint {
  RequestKind kind;
  std::string_view pattern;                    // `{}` stands for one path segment
  std::span<const std::string_view> versions;  // the resource's own, oldest first
  std::string_view bucket;                     // the endpoint set it is counted in
  BucketScope scope;
  RateLimit limit;  // documented default
};

/// The name of the set whose limit a scenario may change.
inline constexpr std::string_view kBackupsBucket = "cloud_backups";

/// A request path recognised: the endpoint and the segments that its pattern leaves open.
struct Route {
  const Endpoint* endpoint = nullptr;
  std::string project, cluster, job;  // empty where the pattern has none
};

std::optional<Route> route(std::string_view path);

/// The version served to `Accept: application/vnd.atlas.<date>+json`: the newest one not later than
/// the date; absent if the header is no such type or asks for a date before the first version.
std::optional<std::string_view> served_version(const Endpoint& endpoint, std::string_view accept);

}  // namespace atlas_simulator
