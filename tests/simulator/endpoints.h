#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/fault.h"
#include "simulator/scenario.h"

namespace atlas_simulator {

/// Whose requests share one rate bucket.
enum class BucketScope { Project, Organization, Credential };

/// The sets that restore jobs are counted in. Collection jobs and the retired sources are in no
/// published table; here they share the set of the dedicated ones.
inline constexpr std::array<std::string_view, 2> kJobSets{"cloud_backups", "flex_restore_jobs"};

/// The names of all endpoint sets.
std::span<const std::string_view> endpoint_sets();

/// Whether there is such a set, and each project has a bucket of its own for it.
bool is_counted_by_project(std::string_view set);

/// The documented default; of a set that there is.
const RateLimit& default_limit(std::string_view set);

/// The one in force: the scenario's, else the default.
const RateLimit& limit_of(std::string_view set, const Scenario& scenario);

/// The patterns of the set's endpoints.
std::vector<std::string> paths_of(std::string_view set);

/// One documented GET operation.
struct Endpoint {
  RequestKind kind;
  std::optional<Source> source;  // of endpoints for restore jobs
  Generation generation;
  std::string pattern;                         // `{project}` and its like stand for one segment
  std::span<const std::string_view> versions;  // the resource's own, oldest first; v1.0 has none
  std::string_view set;                        // the endpoint set it is counted in
  BucketScope scope;
  RateLimit limit;  // documented default
};

/// A request path recognised: the endpoint and the segments that its pattern leaves open.
struct Route {
  const Endpoint* endpoint = nullptr;
  std::string organization, project, cluster, job;  // empty where the pattern has none

  /// Whether the answer is a list, and not one thing.
  bool is_list() const;
};

std::optional<Route> route(std::string_view path);

/// The version served to `Accept: application/vnd.atlas.<date>+json`: the newest one not later than
/// the date; absent if the header is no such type or asks for a date before the first version. The
/// version of v1.0 is always empty.
std::optional<std::string_view> served_version(const Endpoint& endpoint, std::string_view accept);

}  // namespace atlas_simulator
