#include "http/job_json.h"

#include "base/json_object.h"
#include "jobs/diff.h"

namespace restorewatch {
namespace {

void add_times(const TrackedJob& tracked, JsonObject& item) {
  const RestoreJob& job = tracked.job;
  item.add("requested_at", job.requested_at)
      .add("finished_at", job.finished_at)
      .add("ended_at", tracked.ended_at)
      .add("outcome_observed_at", tracked.outcome_observed_at)
      .add("duration_s", duration_of(job))
      .add("expires_at", job.expires_at);
}

void add_progress(const RestoreProgress& progress, JsonObject& item) {
  item.add("restored_documents", progress.restored_documents)
      .add("total_documents", progress.total_documents)
      .add("failed_collections", progress.failed_collections);
}

}  // namespace

std::string job_json(const Target& target, const TrackedJob& tracked) {
  const RestoreJob& job = tracked.job;
  JsonObject item;
  item.add("project_id", target.key.project_id)
      .add("project_name", target.project_name)
      .add("cluster_name", target.key.cluster_name)
      .add("source", label(target.key.source))
      .add("job_id", job.id)
      .add("delivery", label(job.delivery))
      .add("state", label(job.state));
  if (tracked.outcome) item.add("outcome", label(*tracked.outcome));
  item.add("purpose", label(tracked.purpose)).add("scope", label(scope_of(target.key, job)));
  add_times(tracked, item);
  item.add("has_link", job.has_link);
  if (job.progress) add_progress(*job.progress, item);
  return item.add("snapshot_id", job.snapshot_id)
      .add("snapshot_at", job.snapshot_at)
      .add("recovery_point", job.recovery_point)
      .add("target_project_id", job.target_project_id)
      .add("target_cluster", job.target_cluster)
      .add("error", job.error_message)
      .text();
}

}  // namespace restorewatch
