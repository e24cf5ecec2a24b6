#include "poller/watch_plan.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "jobs/sources.h"

namespace restorewatch {
namespace {

/// Finds targets by what same_target() compares.
class TargetFinder {
 public:
  void add(const TargetKey& key, std::size_t index) {
    by_name_[{key.project_id, key.source, key.cluster_name}].push_back({key, index});
    if (key.cluster_id) by_id_[{key.project_id, key.source, *key.cluster_id}] = index;
  }

  std::optional<std::size_t> find(const TargetKey& key) const {
    if (key.cluster_id) {
      const auto found = by_id_.find({key.project_id, key.source, *key.cluster_id});
      if (found != by_id_.end()) return found->second;
    }
    const auto found = by_name_.find({key.project_id, key.source, key.cluster_name});
    if (found == by_name_.end()) return std::nullopt;
    for (const auto& [candidate, index] : found->second) {
      if (same_target(candidate, key)) return index;
    }
    return std::nullopt;
  }

 private:
  std::map<std::tuple<ProjectId, Source, ObjectId>, std::size_t> by_id_;
  std::map<std::tuple<ProjectId, Source, std::string>,
           std::vector<std::pair<TargetKey, std::size_t>>>
      by_name_;
};

/// Every cluster of the inventory that can be asked for by its name.
class Clusters {
 public:
  explicit Clusters(const Inventory& inventory) {
    for (const InventoryProject& project : inventory.projects) {
      for (const InventoryCluster& known : project.clusters) {
        if (known.not_polled == NotPolled::NameTaken) continue;
        Target target;
        target.key = {project.project.id, known.cluster.name, Source::Dedicated, known.cluster.id};
        target.project_name = project.project.name;
        target.credentials = project.credentials;
        target.api = known.cluster.api;
        finder_.add(target.key, known_.size());
        known_.push_back({std::move(target), known.cluster.tier});
      }
    }
  }

  /// The key's cluster, seen through the key's source.
  std::optional<Rest> find(TargetKey key) const {
    const Source source = std::exchange(key.source, Source::Dedicated);
    const auto found = finder_.find(key);
    if (!found) return std::nullopt;
    Rest rest{0, known_[*found].target, facts_of(source).tier != known_[*found].tier};
    rest.target.key.source = source;
    return rest;
  }

 private:
  struct Known {
    Target target;
    Tier tier;
  };

  TargetFinder finder_;
  std::vector<Known> known_;
};

/// Clusters that are gone, and those whose name belongs to another: nobody can ask for them.
std::vector<TargetKey> out_of_reach(const Inventory& inventory) {
  std::vector<TargetKey> keys = inventory.gone;
  for (const InventoryProject& project : inventory.projects) {
    for (const InventoryCluster& known : project.clusters) {
      if (known.not_polled != NotPolled::NameTaken || !known.cluster.id) continue;
      for (const SourceFacts& facts : all_sources()) {
        keys.push_back({project.project.id, known.cluster.name, facts.source, known.cluster.id});
      }
    }
  }
  return keys;
}

}  // namespace

WatchPlan plan_of(std::span<const WatchedTarget> present, const Inventory& inventory) {
  WatchPlan plan;
  TargetFinder finder;
  for (const WatchedTarget& target : present) finder.add(target.key, target.index);
  std::set<std::size_t> settled;
  for (const TargetKey& gone : out_of_reach(inventory)) {
    const auto index = finder.find(gone);
    if (index && settled.insert(*index).second) plan.lose.push_back(*index);
  }
  for (Target& target : targets_of(inventory)) {
    const auto index = finder.find(target.key);
    if (index && settled.insert(*index).second) {
      plan.keep.emplace_back(*index, std::move(target));
    } else {
      plan.begin.push_back(std::move(target));
    }
  }
  const Clusters clusters(inventory);
  for (const WatchedTarget& target : present) {
    if (settled.contains(target.index)) continue;
    if (auto rest = clusters.find(target.key)) {
      rest->index = target.index;
      plan.rest.push_back(*std::move(rest));
    } else {
      plan.leave.push_back(target.index);
    }
  }
  return plan;
}

std::vector<Rest> resting_targets(std::span<const TargetKey> stored, const Inventory& inventory) {
  TargetFinder watched;
  for (const Target& target : targets_of(inventory)) watched.add(target.key, 0);
  const Clusters clusters(inventory);
  std::vector<Rest> resting;
  for (const TargetKey& key : stored) {
    if (watched.find(key)) continue;
    if (auto rest = clusters.find(key)) resting.push_back(*std::move(rest));
  }
  return resting;
}

std::vector<Target> orphans(std::span<const TargetKey> stored,
                            std::span<const WatchedTarget> present, const Inventory& inventory) {
  std::map<ProjectId, std::string> listed_well;
  for (const InventoryProject& project : inventory.projects) {
    if (!project.takes_all || project.excluded || project.problem) continue;
    listed_well.emplace(project.project.id, project.project.name);
  }
  const Clusters clusters(inventory);
  TargetFinder watched;
  for (const WatchedTarget& target : present) watched.add(target.key, target.index);
  std::vector<Target> orphans;
  for (const TargetKey& key : stored) {
    const auto project = listed_well.find(key.project_id);
    if (project == listed_well.end() || clusters.find(key) || watched.find(key)) continue;
    orphans.push_back({key, project->second, {}});
  }
  return orphans;
}

}  // namespace restorewatch
