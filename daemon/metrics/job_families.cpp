#include "metrics/job_families.h"

#include "jobs/diff.h"
#include "metrics/cluster_groups.h"

namespace restorewatch {
namespace {

struct JobFamilies {
  Family info{"mongodbatlas_restore_job_info", "What each job is; the value is 1.", "gauge", {}};
  Family state{
      "mongodbatlas_restore_job_state", "The state each job is in; the value is 1.", "gauge", {}};
  Family requested{"mongodbatlas_restore_job_requested_timestamp_seconds",
                   "When each job was requested.",
                   "gauge",
                   {}};
  Family finished{"mongodbatlas_restore_job_finished_timestamp_seconds",
                  "When each job finished, where Atlas says.",
                  "gauge",
                  {}};
};

std::string or_empty(const std::optional<std::string>& text) {
  return text.value_or("");
}

void add_job(const Labels& cluster, const Target& target, const RestoreJob& job,
             JobFamilies& families) {
  const Labels labels = Labels(cluster).add("job_id", to_string(job.id));
  families.info.series.push_back(
      {Labels(labels)
           .add("source", label(target.key.source))
           .add("delivery", label(job.delivery))
           .add("scope", label(scope_of(target.key, job)))
           .add("target_project_id", job.target_project_id ? to_string(*job.target_project_id) : "")
           .add("target_cluster", or_empty(job.target_cluster))
           .text(),
       1});
  families.state.series.push_back({Labels(labels).add("state", label(job.state)).text(), 1});
  families.requested.series.push_back({labels.text(), unix_seconds(job.requested_at)});
  if (job.finished_at) {
    families.finished.series.push_back({labels.text(), unix_seconds(*job.finished_at)});
  }
}

}  // namespace

void append_job_families(const Snapshot& snapshot, std::vector<Family>& families) {
  JobFamilies jobs;
  for (const ClusterGroup& cluster : group_by_cluster(snapshot)) {
    for (const TargetView* view : cluster.targets) {
      for (const RestoreJob& job : view->jobs) add_job(cluster.labels, view->target, job, jobs);
    }
  }
  for (Family* family : {&jobs.info, &jobs.state, &jobs.requested, &jobs.finished}) {
    families.push_back(std::move(*family));
  }
}

}  // namespace restorewatch
