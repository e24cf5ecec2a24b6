#include "metrics/fleet_families.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "jobs/sources.h"
#include "metrics/cluster_groups.h"
#include "metrics/cluster_series.h"

namespace restorewatch {
namespace {

using ProjectLabels = std::map<ProjectId, Labels>;

/// Born at 0, so that the first of its sort is an increase that rate() can see; of the sources
/// that are watched.
void add_usual_steps(const Snapshot& snapshot, std::map<TransitionPair, std::uint64_t>& steps) {
  std::set<Source> sources;
  for (const auto& view : snapshot.targets) {
    if (view->polled) sources.insert(view->target.key.source);
  }
  for (const Source source : sources) {
    for (const Step& step : facts_of(source).usual_steps) {
      steps.try_emplace({source, step.from, step.to}, 0);
    }
  }
}

Family transitions(const Snapshot& snapshot) {
  Family family{
      "mongodbatlas_restore_transitions_total", "State transitions committed.", "counter", {}};
  auto steps = snapshot.totals.transitions;
  add_usual_steps(snapshot, steps);
  for (const auto& [pair, total] : steps) {
    Labels labels = Labels()
                        .add("source", label(pair.source))
                        .add("from", pair.from ? label(*pair.from) : "none")
                        .add("to", label(pair.to));
    family.series.push_back({labels.text(), static_cast<double>(total)});
  }
  return family;
}

Family missed_transitions(const Snapshot& snapshot, const ProjectLabels& projects) {
  Family family{"mongodbatlas_restore_missed_transitions_total",
                "Jobs first seen when they had already ended.",
                "counter",
                {}};
  for (const auto& [project, labels] : projects) {
    const auto found = snapshot.totals.missed.find(project);
    const std::uint64_t total = found == snapshot.totals.missed.end() ? 0 : found->second;
    family.series.push_back({labels.text(), static_cast<double>(total)});
  }
  return family;
}

std::shared_ptr<const HistogramValue> cumulative(const DurationHistogram& histogram) {
  auto value = std::make_shared<HistogramValue>();
  for (std::size_t i = 0; i < histogram.buckets.size(); ++i) {
    value->count += static_cast<double>(histogram.buckets[i]);
    const double bound = i < kDurationBounds.size() ? in_seconds(kDurationBounds[i])
                                                    : std::numeric_limits<double>::infinity();
    value->buckets.emplace_back(bound, value->count);
  }
  value->sum = static_cast<double>(histogram.sum_ms) / 1000.0;
  return value;
}

Family durations(const Snapshot& snapshot) {
  Family family{"mongodbatlas_restore_duration_seconds",
                "From request to end of completed jobs, where finishedAt says.",
                "histogram",
                {}};
  for (std::size_t i = 0; i < kKindCount; ++i) {
    Series series{Labels().add("kind", label(static_cast<Kind>(i))).text()};
    series.histogram = cumulative(snapshot.totals.durations[i]);
    family.series.push_back(std::move(series));
  }
  return family;
}

/// What cannot be listed hides clusters, unless the configuration names them all.
bool hides_clusters(const InventoryProject& project) {
  return project.problem && (project.clusters.empty() ||
                             !std::ranges::all_of(project.clusters, &InventoryCluster::configured));
}

/// Whether any target of the project can be seen. A project of which nothing was looked at yet is
/// not in it.
std::map<ProjectId, bool> projects_seen(const Snapshot& snapshot) {
  std::map<ProjectId, bool> projects;
  for (const auto& view : snapshot.targets) {
    if (view->polled && view->up) projects[view->target.key.project_id] |= *view->up;
  }
  if (!snapshot.inventory) return projects;
  for (const InventoryProject& project : snapshot.inventory->projects) {
    if (hides_clusters(project)) projects[project.project.id] = false;
  }
  return projects;
}

Family project_up(const Snapshot& snapshot, const ProjectLabels& projects) {
  Family family{"mongodbatlas_restore_project_up",
                "Whether the project's clusters can be listed and any target of it be seen.",
                "gauge",
                {}};
  for (const auto& [project, is_up] : projects_seen(snapshot)) {
    family.series.push_back({projects.at(project).text(), is_up ? 1.0 : 0.0});
  }
  return family;
}

}  // namespace

std::vector<Family> fleet_families(const Snapshot& snapshot) {
  const ProjectLabels projects = project_labels(snapshot);
  return {transitions(snapshot), missed_transitions(snapshot, projects), durations(snapshot),
          project_up(snapshot, projects)};
}

}  // namespace restorewatch
