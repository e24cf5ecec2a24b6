#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "inventory/cluster_news.h"
#include "inventory/wanted.h"
#include "jobs/inventory.h"

namespace restorewatch {

/// When the clusters of a project were listed before.
enum class Heard : std::uint8_t {
  Never,           // none of them is new
  InAnEarlierRun,  // what does not fit the configuration is told again
  InThisRun,
};

/// What there is to know of a list besides its rows.
struct ListFacts {
  // Implicit: most lists are whole, and what is missing twice is gone.
  ListFacts(Heard heard_before, bool is_whole = true, WallTime answered_at = {},
            std::chrono::milliseconds gone_after = {})
      : heard(heard_before), whole(is_whole), now(answered_at), confirm_after(gone_after) {}

  Heard heard;
  bool whole;  // else nothing is missing: a row could not be read
  WallTime now;
  std::chrono::milliseconds confirm_after;  // how long a cluster has to be missing at least
};

/// What brings a project's clusters up to date.
struct ClusterUpdate {
  std::vector<InventoryCluster> clusters;  // by name
  std::vector<InventoryCluster> gone;      // confirmed: nobody lists them any more
  std::vector<News> news;
};

/// The clusters before Atlas has listed any in this run: those that are remembered and those that
/// the configuration names. `names` are the latter; null: whatever Atlas lists.
ClusterUpdate remembered_clusters(const Wanted& wanted, const Project& project,
                                  const std::vector<Cluster>* names,
                                  std::vector<InventoryCluster> remembered);

/// The clusters after Atlas has listed them all. The order of `listed` means nothing.
///
/// * A cluster is the one of the same id; one without an id, that of the same name.
/// * Of several with one name the living one has it, or else the youngest. The others cannot be
///   asked for, so nobody looks at them.
/// * One that is not listed any more stays until it is missing a second time, a while later, or
///   until its name belongs to another that is listed.
/// * What Atlas lists wins over what the configuration says of a cluster, which is told.
ClusterUpdate listed_clusters(const Wanted& wanted, const Project& project,
                              const std::vector<Cluster>* names,
                              const std::vector<InventoryCluster>& before,
                              std::vector<Cluster> listed, const ListFacts& facts);

}  // namespace restorewatch
