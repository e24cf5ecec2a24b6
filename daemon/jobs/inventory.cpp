#include "jobs/inventory.h"

#include <algorithm>
#include <array>

namespace restorewatch {
namespace {

constexpr std::array<std::string_view, kNotPolledCount> kReasons{
    "free_tier", "backup_disabled", "source_not_listed", "excluded", "name_taken"};

}  // namespace

std::string_view label(NotPolled reason) {
  return kReasons.at(static_cast<std::size_t>(reason));
}

bool is_shown(const InventoryCluster& known) {
  return known.not_polled != NotPolled::NameTaken && known.not_polled != NotPolled::Excluded;
}

bool is_whole(const Inventory& inventory) {
  return inventory.settled && inventory.problems.empty() &&
         std::ranges::none_of(inventory.projects, [](const InventoryProject& project) {
           return project.problem.has_value();
         });
}

std::vector<Target> targets_of(const Inventory& inventory) {
  std::vector<Target> targets;
  for (const InventoryProject& project : inventory.projects) {
    for (const InventoryCluster& known : project.clusters) {
      for (const WatchedSource& watched : known.sources) {
        Target target;
        target.key = {project.project.id, known.cluster.name, watched.source, known.cluster.id};
        target.project_name = project.project.name;
        target.credentials = project.credentials;
        target.api = known.cluster.api;
        target.cluster_deleted = known.cluster.deleted;
        if (watched.from_the_start) {
          target.cluster_created_at = known.cluster.created_at;
          target.project_known_since = project.known_since;
        }
        targets.push_back(std::move(target));
      }
    }
  }
  std::ranges::sort(targets, {}, &Target::key);
  return targets;
}

}  // namespace restorewatch
