#include "jobs/inventory.h"

#include <algorithm>
#include <array>

#include "jobs/matcher.h"

namespace restorewatch {
namespace {

constexpr std::array<std::string_view, kNotPolledCount> kReasons{
    "free_tier", "backup_disabled", "source_not_listed", "excluded", "name_taken"};

const InventoryProject* known_project(const Inventory* inventory, const ProjectId& id) {
  if (inventory == nullptr) return nullptr;
  const auto id_of = [](const InventoryProject& known) { return known.project.id; };
  const auto found = std::ranges::lower_bound(inventory->projects, id, {}, id_of);
  const bool is_known = found != inventory->projects.end() && found->project.id == id;
  return is_known ? &*found : nullptr;
}

/// Several clusters of a project have one name only if all but one are deleted.
bool is_the_one(const Cluster& cluster, const std::optional<ObjectId>& id) {
  return id && cluster.id ? *id == *cluster.id : !cluster.deleted;
}

}  // namespace

std::string_view label(NotPolled reason) {
  return kReasons.at(static_cast<std::size_t>(reason));
}

bool is_shown(const InventoryCluster& known) {
  return known.not_polled != NotPolled::NameTaken && known.not_polled != NotPolled::Excluded;
}

const Project* project_in(const Inventory* inventory, const ProjectId& id) {
  const InventoryProject* const known = known_project(inventory, id);
  return known == nullptr ? nullptr : &known->project;
}

const Cluster* cluster_in(const Inventory* inventory, const TargetKey& target) {
  const InventoryProject* const known = known_project(inventory, target.project_id);
  if (known == nullptr) return nullptr;
  const auto name_of = [](const InventoryCluster& one) -> const std::string& {
    return one.cluster.name;
  };
  auto at = std::ranges::lower_bound(known->clusters, target.cluster_name, {}, name_of);
  for (; at != known->clusters.end() && name_of(*at) == target.cluster_name; ++at) {
    if (is_the_one(at->cluster, target.cluster_id)) return &at->cluster;
  }
  return nullptr;
}

bool names_project(std::string_view pattern, const ProjectId& id, const Inventory* inventory) {
  const Project* const known = project_in(inventory, id);
  return glob_matches(pattern, known == nullptr ? "" : std::string_view(known->name)) ||
         glob_matches(pattern, to_string(id));
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
