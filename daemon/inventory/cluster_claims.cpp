#include "inventory/cluster_claims.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace restorewatch {
namespace {

template <typename IsSame>
void find_known(Claim& claim, std::vector<InventoryCluster>& known, IsSame is_same) {
  Cluster& now = claim.now.cluster;
  const auto found = std::ranges::find_if(
      known, [&](const InventoryCluster& candidate) { return is_same(candidate.cluster, now); });
  if (found == known.end()) return;
  if (!now.id) now.id = found->cluster.id;  // an answer that leaves it out takes none away
  claim.before = std::move(*found);
  known.erase(found);
}

bool have_same_id(const Cluster& was, const Cluster& now) {
  return now.id && was.id == now.id;
}

bool have_same_name(const Cluster& was, const Cluster& now) {
  return was.name == now.name && !(was.id && now.id);
}

}  // namespace

bool has_a_better_claim(const Claim& a, const Claim& b) {
  const auto rank = [](const InventoryCluster& known) {
    return std::tuple(known.cluster.deleted, !known.listed);
  };
  const auto age = [](const Cluster& cluster) {
    return std::tie(cluster.created_at, cluster.id, cluster.tier, cluster.name);
  };
  // Ids sort by age. The rest only makes one order of every order of an answer.
  if (rank(a.now) != rank(b.now)) return rank(a.now) < rank(b.now);
  return age(a.now.cluster) > age(b.now.cluster);
}

/// All ids come first, so that no name takes away what belongs to an id.
void recognize(std::vector<Claim>& claims, std::vector<InventoryCluster>& known) {
  for (Claim& claim : claims) find_known(claim, known, have_same_id);
  for (Claim& claim : claims) {
    if (!claim.before) find_known(claim, known, have_same_name);
  }
}

}  // namespace restorewatch
