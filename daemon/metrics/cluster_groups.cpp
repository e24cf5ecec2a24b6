#include "metrics/cluster_groups.h"

namespace restorewatch {
namespace {

bool same_cluster(const TargetKey& a, const TargetKey& b) {
  return a.project_id == b.project_id && a.cluster_name == b.cluster_name;
}

}  // namespace

Labels labels_of_project(const ProjectId& id, const std::string& name) {
  return Labels().add("project_id", to_string(id)).add("project_name", name);
}

std::vector<ClusterGroup> group_by_cluster(const Snapshot& snapshot) {
  std::vector<ClusterGroup> groups;
  for (const auto& view : snapshot.targets) {
    const TargetKey& key = view->target.key;
    if (groups.empty() || !same_cluster(groups.back().targets.back()->target.key, key)) {
      groups.emplace_back();
      groups.back().labels = labels_of_project(key.project_id, view->target.project_name)
                                 .add("cluster_name", key.cluster_name);
    }
    ClusterGroup& group = groups.back();
    merge(view->summary, group.summary);
    merge(view->counters, group.counters);
    if (view->polled) group.present_unknown = group.present_unknown || view->present_unknown;
    group.is_polled = group.is_polled || view->polled;
    group.targets.push_back(view.get());
  }
  return groups;
}

std::map<ProjectId, Labels> project_labels(const Snapshot& snapshot) {
  std::map<ProjectId, Labels> labels;
  const auto add = [&](const ProjectId& id, const std::string& name) {
    labels.try_emplace(id, labels_of_project(id, name));
  };
  if (snapshot.inventory) {
    for (const InventoryProject& known : snapshot.inventory->projects) {
      add(known.project.id, known.project.name);
    }
  }
  for (const auto& view : snapshot.targets) {
    add(view->target.key.project_id, view->target.project_name);
  }
  return labels;
}

}  // namespace restorewatch
