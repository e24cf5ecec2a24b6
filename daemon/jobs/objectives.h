#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "jobs/cluster.h"
#include "jobs/matcher.h"

namespace restorewatch {

/// What the restores of a cluster are held to. Absent: to nothing.
struct Objectives {
  std::optional<std::chrono::milliseconds> drill_interval;    // from one good drill to the next
  std::optional<std::chrono::milliseconds> restore_duration;  // from request to end
  std::optional<std::chrono::milliseconds> recovery_point;    // age of the data at the request

  bool operator==(const Objectives&) const = default;
};

/// Objectives, and the clusters that they are for.
struct ObjectiveRule {
  Matcher clusters;
  Objectives objectives;

  bool operator==(const ObjectiveRule&) const = default;
};

using ObjectiveRules = std::vector<ObjectiveRule>;

/// Value by value, of the first rule that picks the cluster and gives the value. A deleted cluster
/// is held to nothing, though its backups may be left.
Objectives objectives_of(const ObjectiveRules& rules, const Project& project,
                         const Cluster& cluster);

}  // namespace restorewatch
