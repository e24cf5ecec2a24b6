#include <algorithm>
#include <string>
#include <utility>

#include "config/sections.h"

namespace restorewatch {
namespace {

using Projects = std::optional<std::vector<ProjectConfig>>;

/// Clusters that are named are looked at before Atlas has told any name of a project.
bool is_looked_at_early(const ProjectConfig& project) {
  return project.clusters.has_value();
}

/// That a project with such a name or id is known when its first restore is seen.
bool is_known_in_time(const std::string& pattern, const Projects& projects) {
  if (!projects || parse_object_id(pattern)) return true;
  const bool names_in_time = std::ranges::none_of(*projects, is_looked_at_early);
  return std::ranges::any_of(*projects, [&](const ProjectConfig& project) {
    return glob_matches(pattern, to_string(project.id)) ||
           (project.name ? glob_matches(pattern, *project.name) : names_in_time);
  });
}

void read_target_project(const Value& value, const Projects& projects, DrillRule& rule) {
  rule.target_project = value.text();
  if (!rule.target_project) return;
  if (const auto id = parse_object_id(*rule.target_project)) rule.target_project = to_string(*id);
  if (is_known_in_time(*rule.target_project, projects)) return;
  value.warning(
      "matches no name or id that `projects` gives; by another name a project may not be known "
      "when a restore into it is first seen");
}

}  // namespace

void read_drills(const Value& list, const Projects& projects, DrillRules& rules) {
  for (const Value& item : list.list()) {
    item.map([&](MapReader& map) {
      DrillRule rule;
      const auto project = map.find("target_project");
      const auto cluster = map.find("target_cluster");
      if (!map.has("target_project") && !map.has("target_cluster")) {
        map.problem("must have at least one of target_project and target_cluster");
      }
      if (project) read_target_project(*project, projects, rule);
      if (cluster) rule.target_cluster = cluster->text();
      rules.push_back(std::move(rule));
    });
  }
}

}  // namespace restorewatch
