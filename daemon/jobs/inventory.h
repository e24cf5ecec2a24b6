#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "jobs/cluster.h"
#include "jobs/target.h"

namespace restorewatch {

/// Why nobody looks at a cluster.
enum class NotPolled : std::uint8_t {
  FreeTier,         // M0 has no backups
  BackupDisabled,   // Atlas keeps no backups of it
  SourceNotListed,  // none of the configured sources reads clusters of its tier
  Excluded,         // by the include and exclude matchers
  NameTaken,        // deleted, and a younger cluster has its name, so it cannot be asked for
};
inline constexpr std::size_t kNotPolledCount = 5;

/// For labels: "free_tier".
std::string_view label(NotPolled reason);

/// A cluster of the inventory and how it is looked at.
struct InventoryCluster {
  Cluster cluster;
  std::vector<WatchedSource> sources;     // through which it is looked at
  std::optional<NotPolled> not_polled;    // set where there are none
  bool configured = false;                // the configuration names it
  bool listed = true;                     // false: Atlas's last list was without it
  std::optional<WallTime> missing_since;  // when a list was without it first

  bool operator==(const InventoryCluster&) const = default;
};

/// Whether the page has series of its name: the operator did not leave it out, and no younger
/// cluster has the name.
bool is_shown(const InventoryCluster& known);

struct InventoryProject {
  Project project;
  std::optional<WallTime> known_since;     // when its clusters were listed first
  std::vector<std::string> credentials;    // that can see it, in the order to try
  std::optional<Error> problem;            // why its clusters could not be listed when last tried
  bool takes_all = true;                   // of its clusters; else only those configured
  bool excluded = false;                   // as a whole: nobody asks for its clusters
  std::vector<InventoryCluster> clusters;  // by name

  bool operator==(const InventoryProject&) const = default;
};

/// Which projects and clusters there are, by discovery and configuration together. Immutable once
/// made.
struct Inventory {
  std::vector<InventoryProject> projects;  // by id
  std::vector<Error> problems;             // of credentials whose projects could not be listed
  /// Clusters that were in the inventory before this one and are confirmed to be gone.
  std::vector<TargetKey> gone;  // one for each source, whether or not it was looked at
  bool settled = false;         // every question of the first discovery was answered, well or not
};

/// Null where it does not hold the project, or there is none. The inventory must outlive it.
const Project* project_in(const Inventory* inventory, const ProjectId& id);

/// Likewise, the cluster of the target; where the target has no id, the one of its name that is not
/// deleted.
const Cluster* cluster_in(const Inventory* inventory, const TargetKey& target);

/// Whether the pattern matches the project's id, or its name as far as that is known.
bool names_project(std::string_view pattern, const ProjectId& id, const Inventory* inventory);

/// Every question about what there is was answered well.
bool is_whole(const Inventory& inventory);

/// What is to be looked at, in key order.
std::vector<Target> targets_of(const Inventory& inventory);

}  // namespace restorewatch
