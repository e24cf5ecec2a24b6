#include "report/report.h"

#include <numeric>

namespace restorewatch {

std::string_view label(Coverage coverage) {
  constexpr std::array<std::string_view, 4> kLabels{"tested", "tested_before", "never_tested",
                                                    "not_watched"};
  return kLabels.at(static_cast<std::size_t>(coverage));
}

std::uint64_t ClusterSummary::restores_ended() const {
  return std::accumulate(restores.begin(), restores.end(), std::uint64_t{0});
}

std::optional<double> ClusterSummary::success_share() const {
  const std::uint64_t ended = restores_ended();
  if (ended == 0) return std::nullopt;
  return static_cast<double>(restores[index_of(Outcome::Completed)]) / static_cast<double>(ended);
}

}  // namespace restorewatch
