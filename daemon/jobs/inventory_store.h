#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "jobs/cluster.h"

namespace restorewatch {

struct KnownCluster {
  Cluster cluster;
  std::vector<WatchedSource> sources;

  bool operator==(const KnownCluster&) const = default;
};

/// A project that is watched, and what is known of its clusters.
struct KnownProject {
  Project project;
  std::optional<WallTime> known_since;   // when its clusters were listed first
  std::vector<std::string> credentials;  // names of those that can see it, in the order to try
  std::vector<KnownCluster> clusters;    // by name

  bool operator==(const KnownProject&) const = default;
};

/// Keeps the last good inventory over restarts, so that an Atlas that cannot be reached takes
/// nothing off the page, and that a cluster made while the daemon was down is known to be new.
class InventoryStore {
 public:
  virtual ~InventoryStore() = default;

  /// What was saved last, by project id. Blocks; for start-up.
  virtual Result<std::vector<KnownProject>> load_inventory() = 0;

  /// Replaces it, all or nothing; writes only the projects that have changed. Returns at once; a
  /// crash or a failure to write loses the change, and the next save brings it. Thread-safe.
  virtual void save_inventory(std::vector<KnownProject> projects) = 0;
};

}  // namespace restorewatch
