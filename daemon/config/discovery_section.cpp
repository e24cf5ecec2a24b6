#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include "config/ids.h"
#include "config/sections.h"

namespace restorewatch {
namespace {

std::optional<std::string> read_glob(MapReader& map, std::string_view key) {
  const std::optional<Value> value = map.find(key);
  return value ? value->text() : std::nullopt;
}

void read_tags(MapReader& map, Tags& tags) {
  map.each([&tags](const std::string& name, const Value& value) {
    if (std::optional<std::string> text = value.text()) tags.emplace(name, std::move(*text));
  });
}

bool gives_something(const MapReader& map) {
  return map.has("project") || map.has("cluster") || map.has("project_id") || map.has("tags");
}

void read_matchers(const Value& list, std::vector<Matcher>& matchers) {
  matchers.clear();
  for (const Value& item : list.list()) {
    item.map([&](MapReader& map) { matchers.push_back(read_matcher(map)); });
  }
}

}  // namespace

Matcher read_matcher(MapReader& map) {
  Matcher matcher;
  if (!gives_something(map)) {
    map.problem("must have at least one of project, cluster, project_id and tags");
  }
  matcher.project = read_glob(map, "project");
  matcher.cluster = read_glob(map, "cluster");
  if (const auto id = map.find("project_id")) matcher.project_id = id->parsed(check_project_id);
  map.section("tags", [&matcher](MapReader& entry) {
    if (entry.empty()) entry.problem("must name at least one tag, such as {tier: gold}");
    read_tags(entry, matcher.tags);
  });
  return matcher;
}

void read_discovery(MapReader& map, DiscoveryConfig& discovery) {
  map.read("interval", discovery.interval,
           {std::chrono::milliseconds{100}, std::chrono::hours{24}});
  if (const auto list = map.find("include")) read_matchers(*list, discovery.include);
  if (const auto list = map.find("exclude")) read_matchers(*list, discovery.exclude);
}

}  // namespace restorewatch
