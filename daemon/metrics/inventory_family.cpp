#include "metrics/inventory_family.h"

#include "metrics/cluster_groups.h"

namespace restorewatch {

Family backup_enabled(const Inventory& inventory) {
  Family family{
      std::string(kBackupEnabledName), "Whether Atlas keeps backups of the cluster.", "gauge", {}};
  for (const InventoryProject& project : inventory.projects) {
    const Labels labels = labels_of_project(project.project.id, project.project.name);
    for (const InventoryCluster& known : project.clusters) {
      const bool is_shown =
          known.not_polled != NotPolled::NameTaken && known.not_polled != NotPolled::Excluded;
      if (!known.cluster.backup_enabled || !is_shown) continue;
      family.series.push_back({with(labels, "cluster_name", known.cluster.name),
                               *known.cluster.backup_enabled ? 1.0 : 0.0});
    }
  }
  return family;
}

}  // namespace restorewatch
