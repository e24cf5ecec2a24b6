#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/cluster_groups.h"
#include "metrics/cluster_series.h"

namespace restorewatch {

/// What the page says of some clusters, ready to be copied into its families.
class ClusterTexts {
 public:
  /// One more cluster; its number is how many there were before.
  void add(const ClusterGroup& cluster);

  std::size_t size() const { return ends_.size(); }

  /// The samples of the cluster with that number in that family; may be none. Valid until add().
  std::string_view text(std::size_t cluster, ClusterFamily family) const;

 private:
  std::string text_;  // cluster by cluster, in the order of ClusterFamily
  std::vector<std::array<std::size_t, kClusterFamilyCount>> ends_;
};

}  // namespace restorewatch
