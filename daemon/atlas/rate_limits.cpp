#include "atlas/rate_limits.h"

#include <algorithm>
#include <array>

namespace restorewatch {
namespace {

struct Row {
  std::string_view endpoint_set;
  RateLimit limit;
};

constexpr std::array<Row, 7> kDocumented{{{"cloud_backups", {1200, 500}},
                                          {"flex_restore_jobs", {1200, 500}},
                                          {"clusters", {10'000, 5000}},
                                          {"flex_clusters", {1200, 500}},
                                          {"projects", {1200, 500}},
                                          {"organizations", {500, 250}},
                                          {"rate_limits", {300, 100}}}};

}  // namespace

std::optional<RateLimit> documented_limit(std::string_view endpoint_set) {
  const auto* const found = std::ranges::find(kDocumented, endpoint_set, &Row::endpoint_set);
  if (found == kDocumented.end()) return std::nullopt;
  return found->limit;
}

}  // namespace restorewatch
