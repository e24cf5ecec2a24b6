#include "metrics/job_families.h"

#include "jobs/diff.h"

namespace restorewatch {
namespace {

std::string info_labels(const Labels& job_labels, const Target& target, const RestoreJob& job) {
  return Labels(job_labels)
      .add("source", label(target.key.source))
      .add("delivery", label(job.delivery))
      .add("scope", label(scope_of(target.key, job)))
      .add("target_project_id", job.target_project_id ? to_string(*job.target_project_id) : "")
      .add("target_cluster", job.target_cluster.value_or(""))
      .text();
}

void add_job(const Labels& cluster, const Target& target, const RestoreJob& job,
             ClusterSeries& series) {
  const Labels labels = Labels(cluster).add("job_id", to_string(job.id));
  series.add(ClusterFamily::JobInfo, info_labels(labels, target, job), 1.0);
  series.add(ClusterFamily::SingleJobState, with(labels, "state", label(job.state)), 1.0);
  series.add(ClusterFamily::JobRequestedAt, labels.text(), std::optional(job.requested_at));
  series.add(ClusterFamily::JobFinishedAt, labels.text(), job.finished_at);
}

}  // namespace

void add_single_jobs(const ClusterGroup& cluster, ClusterSeries& series) {
  for (const auto& view : cluster.targets) {
    for (const RestoreJob& job : view->jobs) add_job(cluster.labels, view->target, job, series);
  }
}

}  // namespace restorewatch
