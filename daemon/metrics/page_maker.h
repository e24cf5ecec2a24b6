#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <vector>

#include "jobs/snapshot.h"
#include "metrics/cluster_groups.h"
#include "metrics/cluster_series.h"
#include "metrics/family.h"
#include "metrics/page_text.h"
#include "metrics/spare_pages.h"

namespace restorewatch {

/// A page, what it was made from, and where on it is what.
struct MadePage {
  std::shared_ptr<const Snapshot> snapshot;
  std::shared_ptr<const PageText> page;
  std::vector<ClusterViews> clusters;  // of the snapshot
  /// By family: where the text of each cluster begins, and where that of the last one ends.
  std::array<std::vector<std::size_t>, kClusterFamilyCount> begins;
  std::size_t enabled_begin = 0;  // the family that is made from the inventory
  std::size_t enabled_end = 0;
};

/// Makes pages, each from the one before: the text of a cluster is copied from there as long as its
/// views are the same objects, since views never change. What was said of other clusters, and all
/// that is no single cluster's, is written anew. Not thread-safe.
class PageMaker {
 public:
  /// The page of the snapshot, and of `others`: more families, under any names but the
  /// clusters'.
  std::shared_ptr<const PageText> make(std::shared_ptr<const Snapshot> snapshot,
                                       std::vector<Family> others);

  /// What it holds besides the last page, the memory for the next and the last snapshot, in bytes.
  std::size_t bytes_held() const;

 private:
  SparePages spare_;
  MadePage last_;
};

}  // namespace restorewatch
