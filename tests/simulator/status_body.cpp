#include "simulator/job_body.h"
#include "simulator/job_paths.h"
#include "simulator/time_text.h"

namespace atlas_simulator {
namespace {

/// The names of the times: documented, or those of the shared tier's v1.0 example.
struct TimeNames {
  std::string_view scheduled = "restoreScheduledDate";
  std::string_view snapshot = "snapshotFinishedDate";
};

TimeNames time_names(const JobView& view) {
  const bool old = view.job.source == Source::Tenant && view.generation == Generation::V1;
  return old ? TimeNames{"submittedAt", "timestamp"} : TimeNames{};
}

std::string_view status_word(const Job& job, Look look) {
  switch (look) {
    case Look::Pending:
      return "PENDING";
    case Look::Queued:
      return "QUEUED";
    case Look::Completed:
      // In no enumeration, but the documented text of `restoreFinishedDate` speaks of it.
      return job.closed ? "CLOSED" : "COMPLETED";
    case Look::Failed:
      return "FAILED";
    case Look::NotYet:
    case Look::Running:
    case Look::InProgress:
    case Look::Ready:
    case Look::Cancelled:
    case Look::Expired:
    case Look::Gone:  // no plan with another end than the above is accepted
      break;
  }
  return "RUNNING";
}

void add_times(JsonObject& body, const JobView& view) {
  const Job& job = view.job;
  const TimeNames names = time_names(view);
  body.text(names.scheduled, iso_text(job.created));
  body.text(names.snapshot, iso_text(job.snapshot_taken));
  body.text("expirationDate", iso_text(*told_expiry(job, view.now)));
  if (const auto end = told_finish(job, view.now)) {
    body.text(finish_member(job.source, view.generation), iso_text(*end));
  }
}

/// The shared tier names a target for downloads too: itself.
void add_target(JsonObject& body, const JobView& view) {
  const Job& job = view.job;
  if (!job.target_cluster.empty()) {
    body.text("targetDeploymentItemName", job.target_cluster);
    body.text("targetProjectId", job.target_project);
  } else if (job.source == Source::Tenant) {
    body.text("targetDeploymentItemName", view.cluster.name);
    body.text("targetProjectId", view.project.id);
  }
}

void add_tenant_links(JsonObject& body, const JobView& view) {
  if (view.generation == Generation::V1) return;
  const std::string path =
      jobs_path(view.generation, Source::Tenant, view.project.id, view.cluster.name);
  body.raw("links", json_array({link_json("self", kLinkHost, path + '/' + view.job.id)}));
}

}  // namespace

void add_status_members(JsonObject& body, const JobView& view) {
  const Job& job = view.job;
  const bool tenant = job.source == Source::Tenant;
  body.text("status", status_word(job, look_at(job, view.now)));
  body.text("deliveryType", job.delivery == Delivery::Download ? "DOWNLOAD" : "RESTORE");
  body.text(tenant ? "clusterName" : "instanceName", view.cluster.name);
  body.text("projectId", view.project.id).text("snapshotId", job.snapshot_id);
  add_times(body, view);
  add_target(body, view);
  if (has_link(job, view.now)) body.text("snapshotUrl", secret_url(job, "snapshot"));
  if (tenant) add_tenant_links(body, view);
}

}  // namespace atlas_simulator
