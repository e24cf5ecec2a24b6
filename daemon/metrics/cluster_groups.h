#pragma once

#include <map>
#include <string>
#include <vector>

#include "jobs/snapshot.h"
#include "metrics/family.h"

namespace restorewatch {

/// The sources of one cluster, seen as one.
struct ClusterGroup {
  Labels labels;  // project_id, project_name, cluster_name
  TargetSummary summary;
  TargetCounters counters;
  bool present_unknown = false;  // of any of its sources that are polled
  bool is_polled = false;        // through any source
  std::vector<const TargetView*> targets;

  bool shows_present() const { return is_polled && !present_unknown; }
};

/// The pointers live as long as the snapshot.
std::vector<ClusterGroup> group_by_cluster(const Snapshot& snapshot);

Labels labels_of_project(const ProjectId& id, const std::string& name);

/// project_id, project_name of every project in the snapshot.
std::map<ProjectId, Labels> project_labels(const Snapshot& snapshot);

}  // namespace restorewatch
