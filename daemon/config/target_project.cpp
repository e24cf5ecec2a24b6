#include <algorithm>
#include <string>

#include "config/sections.h"

namespace restorewatch {
namespace {

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

}  // namespace

std::optional<std::string> read_target_project(const Value& value, const Projects& projects) {
  std::optional<std::string> pattern = value.text();
  if (!pattern) return pattern;
  if (const auto id = parse_object_id(*pattern)) pattern = to_string(*id);
  if (is_known_in_time(*pattern, projects)) return pattern;
  value.warning(
      "matches no name or id that `projects` gives; by another name a project may not be known "
      "when a restore into it is first seen");
  return pattern;
}

}  // namespace restorewatch
