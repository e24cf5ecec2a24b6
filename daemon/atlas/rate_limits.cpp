#include "atlas/rate_limits.h"

#include <algorithm>
#include <array>

namespace restorewatch {
namespace {

struct Limit {
  std::string_view endpoint_set;
  int calls_a_minute;
};

// Collection restore jobs are younger than the table.
constexpr std::array<Limit, 4> kLimits{{{"cloud_backups", 500},
                                        {"flex_restore_jobs", 500},
                                        {"clusters", 5000},
                                        {"flex_clusters", 500}}};

}  // namespace

std::optional<int> documented_calls_a_minute(std::string_view endpoint_set) {
  const auto* const found = std::ranges::find(kLimits, endpoint_set, &Limit::endpoint_set);
  if (found == kLimits.end()) return std::nullopt;
  return found->calls_a_minute;
}

}  // namespace restorewatch
