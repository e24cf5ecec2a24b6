#include "inventory/cluster_news.h"

#include <utility>

namespace restorewatch {
namespace {

std::string tiers(Tier was, Tier now) {
  return "it was " + std::string(label(was)) + ", now " + std::string(label(now));
}

/// Nobody needs to act where nobody looked.
bool is_watched(const InventoryCluster& known) {
  return !known.sources.empty();
}

}  // namespace

void ClusterNews::changed(const Cluster& now, const InventoryCluster& before) {
  const Cluster& was = before.cluster;
  if (was.tier != now.tier && was.id) {
    tell(false, "cluster has another tier", now, tiers(was.tier, now.tier));
  }
  if (was.name != now.name) tell(false, "cluster has a new name", now, "it was " + was.name);
  if (!was.deleted && now.deleted) tell(false, "cluster was deleted, its backups are kept", now);
  if (was.backup_enabled == true && now.backup_enabled == false) {
    tell(true, "backups of a cluster were switched off", now);
  }
  if (was.backup_enabled == false && now.backup_enabled == true) {
    tell(false, "backups of a cluster were switched on", now);
  }
  if (!before.listed) tell(false, "cluster is listed again", now);
}

void ClusterNews::appeared(const Cluster& now) {
  tell(false, "cluster appeared", now);
}

void ClusterNews::has_other_tier(const Cluster& now) {
  tell(true, "the configuration gives a cluster another tier than Atlas", now,
       "Atlas says " + std::string(label(now.tier)));
}

void ClusterNews::is_not_found(const Cluster& configured) {
  tell(true, "a configured cluster is not in Atlas's list of its project", configured);
}

void ClusterNews::is_missing(const InventoryCluster& before) {
  tell(is_watched(before), "cluster is not listed any more", before.cluster,
       before.configured ? "the configuration names it, so it stays"
                         : "it stays until that is confirmed");
}

void ClusterNews::is_gone(const InventoryCluster& before, bool name_taken) {
  tell(is_watched(before), "cluster is gone", before.cluster,
       name_taken ? "another one has its name" : "");
}

std::vector<News> ClusterNews::take() {
  return std::exchange(news_, {});
}

void ClusterNews::tell(bool warning, std::string_view what, const Cluster& cluster,
                       std::string detail) {
  news_.push_back({warning, what, project_.id, project_.name, cluster.name, std::move(detail)});
}

}  // namespace restorewatch
