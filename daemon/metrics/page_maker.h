#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/shared_text.h"
#include "jobs/snapshot.h"
#include "metrics/cluster_blocks.h"
#include "metrics/cluster_groups.h"
#include "metrics/cluster_series.h"
#include "metrics/family.h"

namespace restorewatch {

/// What follows from the inventory and the objectives alone, by family.
using InventoryParts = std::map<std::string, SharedText::Part>;

/// A page, and what the next one may share with it.
struct MadePage {
  std::shared_ptr<const Snapshot> snapshot;
  std::vector<ClusterViews> clusters;                     // of the snapshot
  std::array<ClusterBlocks, kClusterFamilyCount> blocks;  // by family: of these clusters
  InventoryParts inventory;                               // of the snapshot
  SharedText text;
};

/// Makes pages in the text exposition format, families sorted by name, each from the one before:
/// as long as the views of a cluster are the same objects they say the same, since views never
/// change. What was said of other clusters, and all that is no single cluster's, is written anew.
/// Not thread-safe.
class PageMaker {
 public:
  /// The page of the snapshot, and of `others`: more families, under any names but the
  /// clusters'. Valid as long as somebody holds it.
  SharedText make(std::shared_ptr<const Snapshot> snapshot, std::vector<Family> others);

  /// What it holds besides the text of the last page and the last snapshot, in bytes.
  std::size_t bytes_held() const;

 private:
  MadePage last_;
};

}  // namespace restorewatch
