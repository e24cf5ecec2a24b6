#include "inventory/inventory.h"

#include <algorithm>

namespace restorewatch {

std::vector<Target> static_targets(const std::vector<StaticProject>& projects,
                                   const std::vector<Source>& sources) {
  std::vector<Target> targets;
  for (const StaticProject& project : projects) {
    for (const std::string& cluster : project.clusters) {
      for (const Source source : sources) {
        targets.push_back({{project.id, cluster, source}, project.name, project.credential});
      }
    }
  }
  std::ranges::sort(targets, {}, &Target::key);
  const auto same_key = [](const Target& a, const Target& b) { return a.key == b.key; };
  targets.erase(std::unique(targets.begin(), targets.end(), same_key), targets.end());
  return targets;
}

}  // namespace restorewatch
