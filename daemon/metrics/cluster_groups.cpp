#include "metrics/cluster_groups.h"

#include <tuple>

namespace restorewatch {
namespace {

const TargetKey& key_of(ClusterViews views) {
  return views.front()->target.key;
}

bool same_cluster(const TargetKey& a, const TargetKey& b) {
  return a.project_id == b.project_id && a.cluster_name == b.cluster_name;
}

}  // namespace

std::vector<ClusterViews> clusters_of(const Snapshot& snapshot) {
  std::vector<ClusterViews> clusters;
  clusters.reserve(snapshot.targets.size());
  ClusterViews rest = snapshot.targets;
  while (!rest.empty()) {
    std::size_t count = 1;
    while (count < rest.size() && same_cluster(key_of(rest), rest[count]->target.key)) ++count;
    clusters.push_back(rest.first(count));
    rest = rest.subspan(count);
  }
  return clusters;
}

bool comes_before(ClusterViews a, ClusterViews b) {
  return std::tie(key_of(a).project_id, key_of(a).cluster_name) <
         std::tie(key_of(b).project_id, key_of(b).cluster_name);
}

ClusterGroup::ClusterGroup(ClusterViews views) : targets(views) {
  const Target& first = views.front()->target;
  labels = labels_of_project(first.key.project_id, first.project_name)
               .add("cluster_name", first.key.cluster_name);
  for (const auto& view : views) {
    merge(view->summary, summary);
    merge(view->counters, counters);
    merge(view->last_violation_at, last_violation_at);
    has_policies = has_policies || view->has_policies;
    if (view->polled) present_unknown = present_unknown || view->present_unknown;
    is_polled = is_polled || view->polled;
  }
}

Labels labels_of_project(const ProjectId& id, const std::string& name) {
  return Labels().add("project_id", to_string(id)).add("project_name", name);
}

std::map<ProjectId, Labels> project_labels(const Snapshot& snapshot) {
  std::map<ProjectId, Labels> labels;
  const auto add = [&](const ProjectId& id, const std::string& name) {
    const auto [at, is_new] = labels.try_emplace(id);
    if (is_new) at->second = labels_of_project(id, name);
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

std::string with(const Labels& labels, std::string_view name, std::string_view value) {
  return Labels(labels).add(name, value).text();
}

}  // namespace restorewatch
