#include "metrics/visibility_families.h"

#include <algorithm>
#include <map>
#include <span>

#include "metrics/filling.h"

namespace restorewatch {
namespace {

template <typename Add>
void each_target(const std::vector<ClusterGroup>& clusters, const Add& add) {
  for (const ClusterGroup& cluster : clusters) {
    for (const TargetView* target : cluster.targets) {
      if (!target->polled) continue;
      add(with(cluster.labels, "source", label(target->target.key.source)), *target);
    }
  }
}

std::span<const InventoryProject> projects_of(const Snapshot& snapshot) {
  if (!snapshot.inventory) return {};
  return snapshot.inventory->projects;
}

/// What cannot be listed hides clusters, unless the configuration names them all.
bool hides_clusters(const InventoryProject& project) {
  return project.problem && (project.clusters.empty() ||
                             !std::ranges::all_of(project.clusters, &InventoryCluster::configured));
}

void append_targets(const std::vector<ClusterGroup>& clusters, std::deque<Family>& families) {
  Filling up = gauge(families, "target_up", "Whether the last look at the target succeeded.");
  each_target(clusters, [&](std::string labels, const TargetView& target) {
    if (target.up) up.add(std::move(labels), *target.up ? 1.0 : 0.0);
  });
  Filling looked = gauge(families, "target_last_poll_success_timestamp_seconds",
                         "When the last look at the target that succeeded began.");
  each_target(clusters, [&](std::string labels, const TargetView& target) {
    looked.add(std::move(labels), target.last_success_at);
  });
  Filling interval = gauge(families, "target_effective_interval_seconds",
                           "How often the target can be looked at.");
  each_target(clusters, [&](std::string labels, const TargetView& target) {
    interval.add(std::move(labels), in_seconds(target.effective_interval));
  });
}

/// A project of which nothing was looked at yet has no value.
void append_projects(const Snapshot& snapshot, const std::vector<ClusterGroup>& clusters,
                     std::deque<Family>& families) {
  std::map<ProjectId, bool> projects;
  each_target(clusters, [&](const std::string&, const TargetView& target) {
    if (target.up) projects[target.target.key.project_id] |= *target.up;
  });
  for (const InventoryProject& project : projects_of(snapshot)) {
    if (hides_clusters(project)) projects[project.project.id] = false;
  }
  Filling up = gauge(families, "project_up",
                     "Whether the project's clusters can be listed and any target of it be seen.");
  for (const auto& [project, labels] : project_labels(snapshot)) {
    const auto seen = projects.find(project);
    if (seen != projects.end()) up.add(labels.text(), seen->second ? 1.0 : 0.0);
  }
}

/// Of every cluster that is known, polled or not; one that has lost its name has no series.
void append_backup_enabled(const Snapshot& snapshot, std::deque<Family>& families) {
  Filling enabled =
      gauge(families, "cluster_backup_enabled", "Whether Atlas keeps backups of the cluster.");
  for (const InventoryProject& project : projects_of(snapshot)) {
    const Labels labels = labels_of_project(project.project.id, project.project.name);
    for (const InventoryCluster& known : project.clusters) {
      const bool is_shown =
          known.not_polled != NotPolled::NameTaken && known.not_polled != NotPolled::Excluded;
      if (!known.cluster.backup_enabled || !is_shown) continue;
      enabled.add(with(labels, "cluster_name", known.cluster.name),
                  *known.cluster.backup_enabled ? 1.0 : 0.0);
    }
  }
}

}  // namespace

void append_visibility_families(const Snapshot& snapshot, const std::vector<ClusterGroup>& clusters,
                                std::deque<Family>& families) {
  append_targets(clusters, families);
  append_projects(snapshot, clusters, families);
  append_backup_enabled(snapshot, families);
}

}  // namespace restorewatch
