#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "config/sections.h"

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

Result<ProjectId> check_project_id(const std::string& text) {
  if (const std::optional<ProjectId> id = parse_object_id(text)) return *id;
  return Error{ErrorKind::BadConfig, "must be a project's id: 24 hexadecimal digits"};
}

void expect_word(MapReader& map, std::string_view key, std::string_view only,
                 std::initializer_list<std::string_view> later) {
  const std::optional<Value> value = map.find(key);
  const std::optional<std::string> word = value ? value->text() : std::nullopt;
  if (!word || *word == only) return;
  const bool known = std::ranges::find(later, *word) != later.end();
  value->problem(known ? "is not read by this version yet; only " + std::string(only) + " is"
                       : "must be " + std::string(only));
}

void read_cluster(MapReader& map, std::set<std::string>& names, ProjectConfig& project) {
  const std::optional<Value> value = map.require("name", "the cluster's name in Atlas");
  const std::optional<std::string> name = value ? value->parsed(check_cluster_name) : std::nullopt;
  expect_word(map, "tier", "dedicated", {"flex", "serverless", "tenant"});
  expect_word(map, "api", "v2", {"v1.0"});
  if (!name) return;
  if (!names.insert(*name).second) value->problem("is listed twice in this project");
  project.clusters.push_back({*name});
}

void read_clusters(MapReader& map, ProjectConfig& project) {
  const std::optional<Value> list =
      map.require("clusters", "name each cluster to watch, for example [{name: prod-a}]");
  if (!list) return;
  std::set<std::string> names;
  for (const Value& item : list->list()) {
    item.map([&](MapReader& entry) { read_cluster(entry, names, project); });
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
  project.name = to_string(project.id);
  if (const std::optional<Value> name = map.find("name")) {
    project.name = name->text().value_or(project.name);
  }
}

}  // namespace

void read_projects(const Value& list, const KnownCredentials& known,
                   std::vector<ProjectConfig>& projects) {
  std::set<ProjectId> ids;
  for (const Value& item : list.list()) {
    item.map([&](MapReader& map) {
      ProjectConfig project;
      read_identity(map, ids, project);
      read_credential(map, known, project);
      read_clusters(map, project);
      projects.push_back(std::move(project));
    });
  }
}

}  // namespace restorewatch
