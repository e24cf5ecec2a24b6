#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/ids.h"
#include "config/sections.h"
#include "jobs/sources.h"

namespace restorewatch {
namespace {

constexpr std::size_t kMaxClusterName = 64;  // Atlas's own limit
constexpr std::size_t kMaxShownNames = 10;

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// Source of the pattern: Atlas Admin API v2, path parameter `clusterName`.
Result<std::string> check_cluster_name(const std::string& name) {
  const auto allowed = [](char c) { return is_alphanumeric(c) || c == '-'; };
  if (name.size() <= kMaxClusterName && is_alphanumeric(name.front()) &&
      std::ranges::all_of(name, allowed)) {
    return name;
  }
  return Error{ErrorKind::BadConfig,
               "must be a cluster's name: at most 64 letters, digits and -, not - first"};
}

Result<Tier> check_tier(const std::string& word) {
  const std::optional<Tier> tier = tier_from(word);
  if (tier && *tier != Tier::Free) return *tier;
  return Error{ErrorKind::BadConfig,
               "must be dedicated, flex, serverless or tenant" +
                   std::string(tier ? "; free clusters have no backups" : "")};
}

Result<ApiGeneration> check_api(const std::string& word) {
  if (const std::optional<ApiGeneration> api = api_generation_from(word)) return *api;
  return Error{ErrorKind::BadConfig, "must be v2 or v1.0"};
}

bool is_read(Tier tier, const std::vector<Source>& sources) {
  return std::ranges::any_of(sources,
                             [tier](Source source) { return facts_of(source).tier == tier; });
}

/// Its words for how it is asked, which only matter together.
void read_way(MapReader& map, ClusterConfig& cluster) {
  if (const std::optional<Value> tier = map.find("tier")) {
    cluster.tier = tier->parsed(check_tier).value_or(cluster.tier);
  }
  const std::optional<Value> api = map.find("api");
  if (!api) return;
  cluster.api = api->parsed(check_api).value_or(cluster.api);
  if (cluster.tier == Tier::Flex && cluster.api != ApiGeneration::V2) {
    api->problem("must be v2: there were no flex clusters in the times of v1.0");
  }
}

void read_cluster(MapReader& map, const std::vector<Source>& sources, std::set<std::string>& names,
                  std::vector<ClusterConfig>& clusters) {
  const std::optional<Value> value = map.require("name", "the cluster's name in Atlas");
  const std::optional<std::string> name = value ? value->parsed(check_cluster_name) : std::nullopt;
  ClusterConfig cluster{name.value_or("")};
  read_way(map, cluster);
  if (!sources.empty() && !is_read(cluster.tier, sources)) {
    map.warning("will not be polled: none of `sources` reads " + std::string(label(cluster.tier)) +
                " clusters");
  }
  if (name && !names.insert(*name).second) value->problem("is listed twice in this project");
  clusters.push_back(std::move(cluster));
}

/// A name alone is what many try first.
std::string what_a_cluster_is(const Value& item) {
  const std::optional<std::string> word = item.plain();
  const bool is_name = word && !word->empty() && check_cluster_name(*word);
  return "must be a map of keys and values" + (is_name ? ": write {name: " + *word + "}" : "");
}

void read_clusters(const Value& list, const std::vector<Source>& sources,
                   std::vector<ClusterConfig>& clusters) {
  std::set<std::string> names;
  for (const Value& item : list.list()) {
    item.map([&](MapReader& entry) { read_cluster(entry, sources, names, clusters); },
             what_a_cluster_is(item));
  }
}

std::string in_words(const KnownCredentials& known) {
  std::string words;
  std::size_t shown = 0;
  for (const std::string& name : known.names) {
    if (shown == kMaxShownNames) return words + ", ...";
    words += (shown == 0 ? "" : ", ") + name;
    ++shown;
  }
  return words;
}

void read_credential(MapReader& map, const KnownCredentials& known, ProjectConfig& project) {
  if (!map.has("credential") && known.complete && known.names.size() > 1) {
    map.require("credential", "which one of " + in_words(known));
    return;
  }
  const std::optional<Value> value = map.find("credential");
  const std::optional<std::string> name = value ? value->text() : std::nullopt;
  if (name) {
    project.credential = *name;
    if (known.complete && !known.names.contains(*name))
      value->problem("must be one of " + in_words(known));
  } else if (!known.names.empty()) {
    project.credential = *known.names.begin();
  }
}

void read_identity(MapReader& map, std::set<ProjectId>& ids, ProjectConfig& project) {
  const std::optional<Value> value = map.require("id", "the project's id in Atlas");
  const std::optional<ProjectId> id = value ? value->parsed(check_project_id) : std::nullopt;
  if (id && !ids.insert(*id).second) value->problem("is the id of two projects");
  project.id = id.value_or(ProjectId{});
  if (const std::optional<Value> name = map.find("name")) project.name = name->text();
}

}  // namespace

void read_projects(const Value& list, const KnownCredentials& known,
                   const std::vector<Source>& sources, std::vector<ProjectConfig>& projects) {
  std::set<ProjectId> ids;
  for (const Value& item : list.list()) {
    item.map([&](MapReader& map) {
      ProjectConfig project;
      read_identity(map, ids, project);
      read_credential(map, known, project);
      if (const std::optional<Value> clusters = map.find("clusters")) {
        read_clusters(*clusters, sources, project.clusters.emplace());
      }
      projects.push_back(std::move(project));
    });
  }
}

}  // namespace restorewatch
