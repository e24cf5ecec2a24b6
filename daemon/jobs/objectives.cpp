#include "jobs/objectives.h"

namespace restorewatch {

Objectives objectives_of(const ObjectiveRules& rules, const Project& project,
                         const Cluster& cluster) {
  Objectives found;
  if (cluster.deleted) return found;  // nobody drills what is gone
  for (const ObjectiveRule& rule : rules) {
    if (!matches(rule.clusters, project, cluster)) continue;
    const Objectives& given = rule.objectives;
    if (!found.drill_interval) found.drill_interval = given.drill_interval;
    if (!found.restore_duration) found.restore_duration = given.restore_duration;
    if (!found.recovery_point) found.recovery_point = given.recovery_point;
  }
  return found;
}

}  // namespace restorewatch
