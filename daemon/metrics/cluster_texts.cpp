#include "metrics/cluster_texts.h"

#include "metrics/cluster_families.h"

namespace restorewatch {

void ClusterTexts::add(const ClusterGroup& cluster) {
  ClusterSeries series = series_of(cluster);
  auto& ends = ends_.emplace_back();
  for (std::size_t i = 0; i < kClusterFamilyCount; ++i) {
    series.append_samples(static_cast<ClusterFamily>(i), text_);
    ends[i] = text_.size();
  }
}

std::string_view ClusterTexts::text(std::size_t cluster, ClusterFamily family) const {
  const auto i = static_cast<std::size_t>(family);
  std::size_t begin = 0;
  if (i > 0) {
    begin = ends_[cluster][i - 1];
  } else if (cluster > 0) {
    begin = ends_[cluster - 1].back();
  }
  return std::string_view(text_).substr(begin, ends_[cluster][i] - begin);
}

}  // namespace restorewatch
