#pragma once

#include <map>
#include <vector>

#include "jobs/snapshot.h"
#include "metrics/family.h"

namespace restorewatch {

/// The sources of one cluster, seen as one.
struct ClusterGroup {
  Labels labels;  // project_id, project_name, cluster_name
  TargetSummary summary;
  TargetCounters counters;
  bool present_unknown = false;  // of any of its sources
  std::vector<const TargetView*> targets;
};

/// The pointers live as long as the snapshot.
std::vector<ClusterGroup> group_by_cluster(const Snapshot& snapshot);

/// project_id, project_name of every project in the snapshot.
std::map<ProjectId, Labels> project_labels(const Snapshot& snapshot);

}  // namespace restorewatch
