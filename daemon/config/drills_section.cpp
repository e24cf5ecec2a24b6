#include <utility>

#include "config/sections.h"

namespace restorewatch {

void read_drills(const Value& list, const Projects& projects, DrillRules& rules) {
  for (const Value& item : list.list()) {
    item.map([&](MapReader& map) {
      DrillRule rule;
      const auto project = map.find("target_project");
      const auto cluster = map.find("target_cluster");
      if (!map.has("target_project") && !map.has("target_cluster")) {
        map.problem("must have at least one of target_project and target_cluster");
      }
      if (project) rule.target_project = read_target_project(*project, projects);
      if (cluster) rule.target_cluster = cluster->text();
      rules.push_back(std::move(rule));
    });
  }
}

}  // namespace restorewatch
