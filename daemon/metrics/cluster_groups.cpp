#include "metrics/cluster_groups.h"

namespace restorewatch {
namespace {

Labels labels_of_project(const Target& target) {
  return Labels()
      .add("project_id", to_string(target.key.project_id))
      .add("project_name", target.project_name);
}

bool same_cluster(const TargetKey& a, const TargetKey& b) {
  return a.project_id == b.project_id && a.cluster_name == b.cluster_name;
}

}  // namespace

std::vector<ClusterGroup> group_by_cluster(const Snapshot& snapshot) {
  std::vector<ClusterGroup> groups;
  for (const auto& view : snapshot.targets) {
    const TargetKey& key = view->target.key;
    if (groups.empty() || !same_cluster(groups.back().targets.back()->target.key, key)) {
      groups.emplace_back();
      groups.back().labels = labels_of_project(view->target).add("cluster_name", key.cluster_name);
    }
    ClusterGroup& group = groups.back();
    merge(view->summary, group.summary);
    merge(view->counters, group.counters);
    group.present_unknown = group.present_unknown || view->present_unknown;
    group.targets.push_back(view.get());
  }
  return groups;
}

std::map<ProjectId, Labels> project_labels(const Snapshot& snapshot) {
  std::map<ProjectId, Labels> labels;
  for (const auto& view : snapshot.targets) {
    labels.try_emplace(view->target.key.project_id, labels_of_project(view->target));
  }
  return labels;
}

}  // namespace restorewatch
