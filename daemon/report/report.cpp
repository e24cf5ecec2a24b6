#include "report/report.h"

#include <numeric>

namespace restorewatch {

std::string_view label(Coverage coverage) {
  constexpr std::array<std::string_view, 5> kLabels{"tested", "tested_before", "never_tested",
                                                    "not_watched", "not_seen"};
  return kLabels.at(static_cast<std::size_t>(coverage));
}

std::uint64_t ClusterSummary::restores_ended() const {
  return std::accumulate(restores.begin(), restores.end(), std::uint64_t{0});
}

std::optional<double> ClusterSummary::success_share() const {
  const std::uint64_t completed = restores[index_of(Outcome::Completed)];
  const std::uint64_t tried =
      completed + restores[index_of(Outcome::Failed)] + restores[index_of(Outcome::Lost)];
  if (tried == 0) return std::nullopt;
  return static_cast<double>(completed) / static_cast<double>(tried);
}

}  // namespace restorewatch
