#include <utility>

#include "config/sections.h"

namespace restorewatch {
namespace {

void read(MapReader& map, std::string_view key, std::optional<bool>& out) {
  if (const auto value = map.find(key)) out = value->boolean();
}

void read_target_projects(const Value& list, const Projects& projects, Policy& policy) {
  auto& allowed = policy.allow_target_projects.emplace();
  for (const Value& item : list.list_or_none()) {
    if (auto pattern = read_target_project(item, projects)) allowed.push_back(*std::move(pattern));
  }
}

}  // namespace

void read_policies(const Value& list, const Projects& projects, Policies& policies) {
  for (const Value& item : list.list()) {
    item.map([&](MapReader& map) {
      PolicyEntry entry;
      entry.clusters = read_matcher(map);
      if (!map.has("allow_target_projects") && !map.has("allow_download") &&
          !map.has("protect_target")) {
        map.problem(
            "must have at least one of allow_target_projects, allow_download and protect_target");
      }
      if (const auto allowed = map.find("allow_target_projects")) {
        read_target_projects(*allowed, projects, entry.policy);
      }
      read(map, "allow_download", entry.policy.allow_download);
      read(map, "protect_target", entry.policy.protect_target);
      policies.push_back(std::move(entry));
    });
  }
}

}  // namespace restorewatch
