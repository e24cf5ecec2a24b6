#include <array>

#include "atlas/decode_jobs.h"
#include "atlas/job_family.h"

namespace restorewatch {
namespace {

using json::value;

// clusterName, instanceName and projectId are the job's source, which the path knows better.
// The last three are names of the published v1.0 example of the shared tier; the documented name
// of each counts where both are given.
constexpr std::array<MemberRule, 14> kMembers{{
    {"id", json::kHexWanted, json::read_job_id},
    {"status", json::kWordWanted,
     [](value from, JobFields& to) { return json::read_text(from, to.state_word); }},
    {"deliveryType", json::kWordWanted,
     [](value from, JobFields& to) { return json::read_text(from, to.delivery_word); }},
    {"targetDeploymentItemName", json::kNameWanted, json::read_target_cluster},
    {"targetProjectId", json::kHexWanted,
     [](value from, JobFields& to) {
       return json::read_object_id(from, to.job.target_project_id);
     }},
    {"snapshotId", json::kHexWanted,
     [](value from, JobFields& to) { return json::read_object_id(from, to.job.snapshot_id); }},
    {"snapshotFinishedDate", json::kTimeWanted,
     [](value from, JobFields& to) { return json::read_time(from, to.job.snapshot_at); }},
    {"restoreScheduledDate", json::kTimeWanted,
     [](value from, JobFields& to) { return json::read_time(from, to.requested_at); }},
    {"restoreFinishedDate", json::kTimeWanted,
     [](value from, JobFields& to) { return json::read_time(from, to.job.finished_at); }},
    {"expirationDate", json::kTimeWanted,
     [](value from, JobFields& to) { return json::read_time(from, to.job.expires_at); }},
    {"snapshotUrl", json::kLinksWanted, json::read_links},
    {"timestamp", json::kTimeWanted,
     [](value from, JobFields& to) { return json::read_time(from, to.example_snapshot_at); }},
    {"submittedAt", json::kTimeWanted,
     [](value from, JobFields& to) { return json::read_time(from, to.example_requested_at); }},
    {"finishedDate", json::kTimeWanted,
     [](value from, JobFields& to) { return json::read_time(from, to.example_finished_at); }},
}};

void take_delivery(JobFields& fields) {
  const std::string_view word = fields.delivery_word;
  if (word == "RESTORE") {
    fields.job.delivery = Delivery::Automated;
  } else if (word == "DOWNLOAD") {
    fields.job.delivery = Delivery::Download;
  } else if (!word.empty()) {
    fields.note_unknown("deliveryType", word);
  }
}

void complete(JobFields& fields) {
  RestoreJob& job = fields.job;
  take_delivery(fields);
  take_state(fields, "status", status_words());
  const bool is_download = job.delivery == Delivery::Download;
  job.has_link = is_download && fields.has_link;
  if (!is_download) job.expires_at.reset();  // given on restores too, where nothing expires
  if (!job.finished_at) job.finished_at = fields.example_finished_at;
  if (!job.snapshot_at) job.snapshot_at = fields.example_snapshot_at;
  if (!fields.requested_at) fields.requested_at = fields.example_requested_at;
  job.requested_at = fields.requested_at.value_or(created_at(job.id));
  job.recovery_point = job.snapshot_at;
}

constexpr JobFamily kFamily{MemberTable(kMembers), complete};

}  // namespace

const JobFamily& status_jobs() {
  return kFamily;
}

}  // namespace restorewatch
