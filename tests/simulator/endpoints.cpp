#include "simulator/endpoints.h"

#include <array>
#include <vector>

#include "simulator/time_text.h"

namespace atlas_simulator {
namespace {

using namespace std::string_view_literals;

constexpr std::array kFirstVersion{"2023-01-01"sv};
constexpr std::array kClusterVersions{"2023-01-01"sv, "2023-02-01"sv, "2024-08-05"sv};
constexpr Millis kMinute = std::chrono::minutes(1);

// Another source of jobs is another row here, and a case where the answers are built.
// Limits: Atlas documentation on rate limits, defaults of April 2026.
constexpr std::array<Endpoint, 4> kEndpoints{{
    {RequestKind::Projects,
     "/api/atlas/v2/groups",
     kFirstVersion,
     "projects",
     BucketScope::Credential,
     {1200, 500, kMinute}},
    {RequestKind::Clusters,
     "/api/atlas/v2/groups/{}/clusters",
     kClusterVersions,
     "clusters",
     BucketScope::Project,
     {10000, 5000, kMinute}},
    {RequestKind::List,
     "/api/atlas/v2/groups/{}/clusters/{}/backup/restoreJobs",
     kFirstVersion,
     kBackupsBucket,
     BucketScope::Project,
     {1200, 500, kMinute}},
    {RequestKind::Get,
     "/api/atlas/v2/groups/{}/clusters/{}/backup/restoreJobs/{}",
     kFirstVersion,
     kBackupsBucket,
     BucketScope::Project,
     {1200, 500, kMinute}},
}};

std::vector<std::string_view> segments(std::string_view path) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto slash = path.find('/');
    parts.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return parts;
    path.remove_prefix(slash + 1);
  }
}

/// What stands where the pattern has `{}`; absent if the path is another one.
std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view path) {
  const auto wanted = segments(pattern);
  const auto given = segments(path);
  if (wanted.size() != given.size()) return std::nullopt;
  std::vector<std::string> open;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i] == "{}" && !given[i].empty()) {
      open.emplace_back(given[i]);
    } else if (wanted[i] != given[i]) {
      return std::nullopt;
    }
  }
  return open;
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
  if (!parse_iso(std::string(date) + "T00:00:00Z")) return std::nullopt;
  return date;
}

}  // namespace

std::optional<Route> route(std::string_view path) {
  for (const auto& endpoint : kEndpoints) {
    auto open = match(endpoint.pattern, path);
    if (!open) continue;
    open->resize(3);
    return Route{&endpoint, (*open)[0], (*open)[1], (*open)[2]};
  }
  return std::nullopt;
}

std::optional<std::string_view> served_version(const Endpoint& endpoint, std::string_view accept) {
  const auto asked = version_date(accept);
  if (!asked) return std::nullopt;
  std::optional<std::string_view> served;
  for (const auto version : endpoint.versions) {
    if (version <= *asked) served = version;  // ISO dates sort as text
  }
  return served;
}

}  // namespace atlas_simulator
