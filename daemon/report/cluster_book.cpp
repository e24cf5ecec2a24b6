#include "report/cluster_book.h"

namespace restorewatch {

std::optional<ClusterBook::Place> ClusterBook::find(const TargetKey& key) const {
  if (key.cluster_id) {
    const auto same = by_id_.find({key.project_id, *key.cluster_id});
    if (same != by_id_.end()) return same->second;
  }
  const auto named = by_name_.find({key.project_id, key.cluster_name});
  if (named == by_name_.end()) return std::nullopt;
  const bool is_another = key.cluster_id && entries_[named->second].id;
  return is_another ? std::nullopt : std::optional(named->second);
}

ClusterBook::Place ClusterBook::see(const TargetKey& key, const std::string& project_name) {
  const auto known = find(key);
  const Place place = known.value_or(entries_.size());
  if (!known) entries_.push_back({key.project_id, key.cluster_name});
  Entry& entry = entries_[place];
  entry.name = key.cluster_name;
  entry.known.name = key.cluster_name;
  if (!project_name.empty()) entry.project_name = project_name;
  by_name_[{key.project_id, key.cluster_name}] = place;
  if (key.cluster_id) {
    entry.id = key.cluster_id;
    by_id_[{key.project_id, *key.cluster_id}] = place;
  }
  return place;
}

void ClusterBook::see(const std::vector<KnownProject>& inventory) {
  for (const KnownProject& known : inventory) {
    for (const KnownCluster& listed : known.clusters) {
      const TargetKey key{known.project.id, listed.cluster.name, Source::Dedicated,
                          listed.cluster.id};
      Entry& entry = entries_[see(key, known.project.name)];
      entry.known = listed.cluster;
      entry.project_tags = known.project.tags;
      entry.in_inventory = true;
    }
  }
}

}  // namespace restorewatch
