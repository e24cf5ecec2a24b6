#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "jobs/snapshot.h"
#include "metrics/family.h"

namespace restorewatch {

/// The views of one cluster, one for each source through which it is looked at. They lie side by
/// side in a snapshot, and live as long as it does.
using ClusterViews = std::span<const std::shared_ptr<const TargetView>>;

/// In the snapshot's order.
std::vector<ClusterViews> clusters_of(const Snapshot& snapshot);

/// By project and name, as a snapshot is sorted.
bool comes_before(ClusterViews a, ClusterViews b);

/// The sources of one cluster, seen as one. What is shown of a cluster follows from its views
/// alone: the same views say the same.
struct ClusterGroup {
  explicit ClusterGroup(ClusterViews views);

  Labels labels;  // project_id, project_name, cluster_name
  TargetSummary summary;
  TargetCounters counters;
  LastViolations last_violation_at{};
  bool has_policies = false;     // there are any, for any cluster
  bool present_unknown = false;  // of any of its sources that are polled
  bool is_polled = false;        // through any source
  ClusterViews targets;

  bool shows_present() const { return is_polled && !present_unknown; }
};

Labels labels_of_project(const ProjectId& id, const std::string& name);

/// project_id, project_name of every project in the snapshot.
std::map<ProjectId, Labels> project_labels(const Snapshot& snapshot);

/// The labels' text with one more pair.
std::string with(const Labels& labels, std::string_view name, std::string_view value);

}  // namespace restorewatch
