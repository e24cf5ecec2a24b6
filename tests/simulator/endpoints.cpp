#include "simulator/endpoints.h"

#include <algorithm>

#include "simulator/job_paths.h"
#include "simulator/time_text.h"

namespace atlas_simulator {
namespace {

using namespace std::string_view_literals;
using Versions = std::span<const std::string_view>;

constexpr std::array kFirstVersion{"2023-01-01"sv};
constexpr std::array kClusterVersions{"2023-01-01"sv, "2023-02-01"sv, "2024-08-05"sv};
constexpr std::array kFlexVersion{"2024-11-13"sv};
constexpr std::array kCollectionVersion{"2025-03-12"sv};

// Atlas documentation on rate limits, defaults of April 2026.
constexpr RateLimit kUsualLimit{1200, 500, std::chrono::minutes(1)};
constexpr RateLimit kClustersLimit{10000, 5000, std::chrono::minutes(1)};
constexpr RateLimit kInspectionLimit{300, 100, std::chrono::minutes(1)};
constexpr RateLimit kOrganizationLimit{500, 250, std::chrono::minutes(1)};

Versions versions_of(Source source, Generation generation) {
  if (generation == Generation::V1) return {};
  if (source == Source::Flex) return kFlexVersion;
  return source == Source::Collection ? Versions(kCollectionVersion) : Versions(kFirstVersion);
}

void add_job_endpoints(std::vector<Endpoint>& all, Source source, Generation generation) {
  const std::string list = jobs_path(generation, source, "{project}", "{cluster}");
  const auto versions = versions_of(source, generation);
  const auto set = source == Source::Flex ? "flex_restore_jobs"sv : "cloud_backups"sv;
  all.push_back({RequestKind::List, source, generation, list, versions, set, BucketScope::Project,
                 kUsualLimit});
  all.push_back({RequestKind::Get, source, generation, list + "/{job}", versions, set,
                 BucketScope::Project, kUsualLimit});
}

void add_discovery(std::vector<Endpoint>& all, RequestKind kind, const std::string& path,
                   Versions versions, std::string_view set, BucketScope scope, RateLimit limit) {
  all.push_back(
      {kind, std::nullopt, Generation::V2, "/api/atlas/v2" + path, versions, set, scope, limit});
}

/// A list of clusters of one project, and the path of a single one.
void add_cluster_endpoints(std::vector<Endpoint>& all, RequestKind kind, const std::string& word,
                           Versions versions, std::string_view set, RateLimit limit) {
  const std::string list = "/groups/{project}/" + word;
  add_discovery(all, kind, list, versions, set, BucketScope::Project, limit);
  add_discovery(all, kind, list + "/{cluster}", versions, set, BucketScope::Project, limit);
}

std::vector<Endpoint> all_endpoints() {
  std::vector<Endpoint> all;
  for (const Source source : kSources) add_job_endpoints(all, source, Generation::V2);
  for (const Source source : {Source::Dedicated, Source::Serverless, Source::Tenant}) {
    add_job_endpoints(all, source, Generation::V1);
  }
  add_discovery(all, RequestKind::Projects, "/groups", kFirstVersion, "projects",
                BucketScope::Credential, kUsualLimit);
  add_discovery(all, RequestKind::Project, "/groups/{project}", kFirstVersion, "project",
                BucketScope::Project, kUsualLimit);
  add_discovery(all, RequestKind::OrgProjects, "/orgs/{org}/groups", kFirstVersion, "organizations",
                BucketScope::Organization, kOrganizationLimit);
  add_cluster_endpoints(all, RequestKind::Clusters, "clusters", kClusterVersions, "clusters",
                        kClustersLimit);
  add_cluster_endpoints(all, RequestKind::FlexClusters, "flexClusters", kFlexVersion,
                        "flex_clusters", kUsualLimit);
  add_cluster_endpoints(all, RequestKind::Serverless, "serverless", kFirstVersion, "serverless",
                        kUsualLimit);
  add_discovery(all, RequestKind::RateLimits, "/rateLimits", kCollectionVersion, "rate_limits",
                BucketScope::Credential, kInspectionLimit);
  return all;
}

std::vector<std::string_view> segments(std::string_view path) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto slash = path.find('/');
    parts.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return parts;
    path.remove_prefix(slash + 1);
  }
}

struct Pattern {
  Endpoint endpoint;
  std::vector<std::string_view> parts;  // of endpoint.pattern
};

/// Split once: patterns are matched for every request.
const std::vector<Pattern>& patterns() {
  static const std::vector<Endpoint> endpoints = all_endpoints();
  static const std::vector<Pattern> split = [] {
    std::vector<Pattern> all;
    all.reserve(endpoints.size());
    for (const auto& endpoint : endpoints) all.push_back({endpoint, segments(endpoint.pattern)});
    return all;
  }();
  return split;
}

std::string& open_segment(Route& route, std::string_view name) {
  if (name == "{org}") return route.organization;
  if (name == "{project}") return route.project;
  return name == "{cluster}" ? route.cluster : route.job;
}

bool matches(const Pattern& pattern, const std::vector<std::string_view>& given) {
  if (pattern.parts.size() != given.size()) return false;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const bool open = pattern.parts[i].starts_with('{');
    if (open ? given[i].empty() : pattern.parts[i] != given[i]) return false;
  }
  return true;
}

/// The date in one media range of an Accept header.
std::optional<std::string_view> version_date(std::string_view accept) {
  constexpr auto kPrefix = "application/vnd.atlas."sv;
  constexpr std::size_t kDateLength = 10;
  const auto at = accept.find(kPrefix);
  if (at == std::string_view::npos) return std::nullopt;
  const auto rest = accept.substr(at + kPrefix.size());
  if (rest.substr(0, kDateLength).size() < kDateLength) return std::nullopt;
  if (!rest.substr(kDateLength).starts_with("+json")) return std::nullopt;
  const auto date = rest.substr(0, kDateLength);
  std::string midnight(date);
  midnight += "T00:00:00Z";
  return parse_iso(midnight) ? std::optional(date) : std::nullopt;
}

}  // namespace

std::span<const std::string_view> endpoint_sets() {
  static constexpr std::array kSets{kJobSets[0],       kJobSets[1],       "projects"sv,
                                    "project"sv,       "organizations"sv, "clusters"sv,
                                    "flex_clusters"sv, "serverless"sv,    "rate_limits"sv};
  return kSets;
}

bool is_counted_by_project(std::string_view set) {
  return std::ranges::any_of(patterns(), [&](const Pattern& pattern) {
    return pattern.endpoint.set == set && pattern.endpoint.scope == BucketScope::Project;
  });
}

const RateLimit& default_limit(std::string_view set) {
  const auto of_set = [](const Pattern& pattern) { return pattern.endpoint.set; };
  return std::ranges::find(patterns(), set, of_set)->endpoint.limit;
}

const RateLimit& limit_of(std::string_view set, const Scenario& scenario) {
  const auto own = scenario.rate_limits.find(set);
  return own == scenario.rate_limits.end() ? default_limit(set) : own->second;
}

std::vector<std::string> paths_of(std::string_view set) {
  std::vector<std::string> paths;
  for (const auto& pattern : patterns()) {
    if (pattern.endpoint.set == set) paths.push_back(pattern.endpoint.pattern);
  }
  return paths;
}

bool Route::is_list() const {
  switch (endpoint->kind) {
    case RequestKind::List:
    case RequestKind::Projects:
    case RequestKind::OrgProjects:
    case RequestKind::RateLimits:
      return true;
    case RequestKind::Clusters:
    case RequestKind::FlexClusters:
    case RequestKind::Serverless:
      return cluster.empty();
    case RequestKind::Get:
    case RequestKind::Project:
    case RequestKind::Token:
    case RequestKind::Other:
      return false;
  }
  return false;
}

std::optional<Route> route(std::string_view path) {
  const auto given = segments(path);
  for (const auto& pattern : patterns()) {
    if (!matches(pattern, given)) continue;
    Route found;
    found.endpoint = &pattern.endpoint;
    for (std::size_t i = 0; i < given.size(); ++i) {
      if (pattern.parts[i].starts_with('{')) open_segment(found, pattern.parts[i]) = given[i];
    }
    return found;
  }
  return std::nullopt;
}

std::optional<std::string_view> served_version(const Endpoint& endpoint, std::string_view accept) {
  if (endpoint.generation == Generation::V1) return std::string_view();
  const auto asked = version_date(accept);
  if (!asked) return std::nullopt;
  std::optional<std::string_view> served;
  for (const auto version : endpoint.versions) {
    if (version <= *asked) served = version;  // ISO dates sort as text
  }
  return served;
}

}  // namespace atlas_simulator
