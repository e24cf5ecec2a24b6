#include "metrics/inventory_family.h"

#include "metrics/cluster_groups.h"

namespace restorewatch {

Family backup_enabled(const Inventory& inventory) {
  Family family{"mongodbatlas_restore_cluster_backup_enabled",
                "Whether Atlas keeps backups of the cluster.",
                "gauge",
                {}};
  for (const InventoryProject& project : inventory.projects) {
    const Labels labels = labels_of_project(project.project.id, project.project.name);
    for (const InventoryCluster& known : project.clusters) {
      if (!known.cluster.backup_enabled || !is_shown(known)) continue;
      family.series.push_back({with(labels, "cluster_name", known.cluster.name),
                               *known.cluster.backup_enabled ? 1.0 : 0.0});
    }
  }
  return family;
}

}  // namespace restorewatch
