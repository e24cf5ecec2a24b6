#include "metrics/objective_families.h"

#include <array>
#include <chrono>

#include "metrics/cluster_groups.h"
#include "metrics/cluster_series.h"

namespace restorewatch {
namespace {

struct ObjectiveFamily {
  const char* name;
  const char* help;
  std::optional<std::chrono::milliseconds> Objectives::*value;
};

constexpr std::array kFamilies{
    ObjectiveFamily{"mongodbatlas_restore_objective_drill_interval_seconds",
                    "How long after a successful drill the next one is due.",
                    &Objectives::drill_interval},
    ObjectiveFamily{"mongodbatlas_restore_objective_duration_seconds",
                    "How long a restore may take, from request to end.",
                    &Objectives::restore_duration},
    ObjectiveFamily{"mongodbatlas_restore_objective_recovery_point_seconds",
                    "How old the restored data may be when the restore is requested.",
                    &Objectives::recovery_point},
};

}  // namespace

std::vector<Family> objective_families(const Inventory& inventory, const ObjectiveRules& rules) {
  std::vector<Family> families;
  families.reserve(kFamilies.size());
  for (const ObjectiveFamily& facts : kFamilies) {
    families.push_back({facts.name, facts.help, "gauge", {}});
  }
  for (const InventoryProject& project : inventory.projects) {
    const Labels labels = labels_of_project(project.project.id, project.project.name);
    for (const InventoryCluster& known : project.clusters) {
      if (!is_shown(known)) continue;
      const Objectives objectives = objectives_of(rules, project.project, known.cluster);
      for (std::size_t i = 0; i < kFamilies.size(); ++i) {
        const auto value = objectives.*kFamilies[i].value;
        if (!value) continue;
        families[i].series.push_back(
            {with(labels, "cluster_name", known.cluster.name), in_seconds(*value)});
      }
    }
  }
  return families;
}

}  // namespace restorewatch
