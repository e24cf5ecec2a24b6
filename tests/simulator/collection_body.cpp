#include "simulator/job_body.h"
#include "simulator/job_facts.h"
#include "simulator/time_text.h"

namespace atlas_simulator {
namespace {

std::string_view state_word(const Job& job, VirtualTime now) {
  switch (look_at(job, now)) {
    case Look::Pending:
      return "INITIALIZING";
    case Look::Completed:
      return "SUCCESSFUL";
    case Look::Cancelled:
      return "CANCELED";
    case Look::Failed:
      return "FAILED";
    case Look::NotYet:
    case Look::Queued:
    case Look::Running:
    case Look::InProgress:
    case Look::Ready:
    case Look::Expired:
    case Look::Gone:  // no plan with another end than the above is accepted
      break;
  }
  return is_finalizing(job, now) ? "FINALIZING" : "IN_PROGRESS";
}

/// These words are not documented.
std::string_view index_word(Look look) {
  if (look == Look::Completed) return "COMPLETED";
  return look == Look::Failed ? "FAILED" : "IN_PROGRESS";
}

void add_progress(JsonObject& body, const Job& job, VirtualTime now) {
  const Progress progress = progress_of(job, now);
  body.number("restoredDocuments", progress.restored).number("totalDocuments", progress.total);
  if (!progress.failed_collections) return;
  JsonObject status;
  status.text("state", index_word(look_at(job, now)));
  status.number("failedCollectionCount", *progress.failed_collections);
  body.raw("indexStatus", status.render());
}

void add_origin(JsonObject& body, const Job& job) {
  if (const auto point = point_in_time(job)) {
    body.number("pointInTimeUtcSeconds", unix_seconds(*point));
  } else {
    body.text("snapshotId", job.snapshot_id);
  }
}

void add_orders(JsonObject& body, const Job& job) {
  const bool creates = draws_for(job, "write strategy").one_in(2);
  body.text("writeStrategy", creates ? "CREATE_NEW" : "OVERWRITE_EXISTING");
  body.text("indexStrategy", "ALL").raw("databases", "[]");
  body.raw("collections", json_array({json_string("shop.orders"), json_string("shop.baskets")}));
}

}  // namespace

void add_collection_members(JsonObject& body, const JobView& view) {
  const Job& job = view.job;
  body.text("state", state_word(job, view.now)).text("createdAt", iso_text(job.created));
  if (const auto end = told_finish(job, view.now)) body.text("finishedAt", iso_text(*end));
  if (look_at(job, view.now) == Look::Failed) body.text("errorMessage", job.error);
  body.text("targetClusterName", job.target_cluster).text("targetGroupId", job.target_project);
  add_progress(body, job, view.now);
  add_origin(body, job);
  add_orders(body, job);
}

}  // namespace atlas_simulator
