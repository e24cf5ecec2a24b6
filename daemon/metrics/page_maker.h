#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/page_format.h"
#include "base/shared_text.h"
#include "jobs/snapshot.h"
#include "metrics/cluster_blocks.h"
#include "metrics/cluster_groups.h"
#include "metrics/cluster_series.h"
#include "metrics/family.h"

namespace restorewatch {

/// A family that follows from the inventory and the objectives alone: what is said of it, without
/// series, and its samples as they are written.
struct InventoryPart {
  Family family;
  SharedText::Part samples;
};
using InventoryParts = std::map<std::string, InventoryPart>;  // by name

/// One page, in each format. What both formats write alike they share.
struct Pages {
  SharedText text;
  SharedText open_metrics;

  const SharedText& in(PageFormat format) const {
    return format == PageFormat::Text ? text : open_metrics;
  }
};

/// A page, and what the next one may share with it.
struct MadePage {
  std::shared_ptr<const Snapshot> snapshot;
  std::vector<ClusterViews> clusters;                     // of the snapshot
  std::array<ClusterBlocks, kClusterFamilyCount> blocks;  // by family: of these clusters
  InventoryParts inventory;                               // of the snapshot
};

/// Makes pages, families sorted by name, each from the one before: as long as the views of a
/// cluster are the same objects they say the same, since views never change. What was said of other
/// clusters, and all that is no single cluster's, is written anew. Not thread-safe.
class PageMaker {
 public:
  /// The page of the snapshot, and of `others`: more families, under any names but the
  /// clusters'. Valid as long as somebody holds it.
  Pages make(std::shared_ptr<const Snapshot> snapshot, std::vector<Family> others);

  /// What it holds besides the last snapshot and the blocks that the last pages share, in bytes.
  std::size_t bytes_held() const;

 private:
  MadePage last_;
};

}  // namespace restorewatch
