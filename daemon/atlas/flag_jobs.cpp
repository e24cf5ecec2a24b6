#include <array>

#include "atlas/decode_jobs.h"
#include "atlas/job_family.h"

namespace restorewatch {
namespace {

using json::value;

// targetDeploymentItemName is not read: here it is an internal name of the target and not its own.
// createdAt is documented for serverless v1.0 only. timestamp is the snapshot's time.
constexpr std::array<MemberRule, 18> kMembers{{
    {"id", json::kHexWanted, json::read_job_id},
    {"deliveryType", json::kWordWanted,
     [](value from, JobFields& to) { return json::read_text(from, to.delivery_word); }},
    {"cancelled", json::kFlagWanted,
     [](value from, JobFields& to) { return json::read_bool(from, to.flags.cancelled); }},
    {"expired", json::kFlagWanted,
     [](value from, JobFields& to) { return json::read_bool(from, to.flags.expired); }},
    {"failed", json::kFlagWanted,
     [](value from, JobFields& to) { return json::read_bool(from, to.flags.failed); }},
    {"createdAt", json::kTimeWanted,
     [](value from, JobFields& to) { return json::read_time(from, to.requested_at); }},
    {"finishedAt", json::kTimeWanted,
     [](value from, JobFields& to) { return json::read_time(from, to.job.finished_at); }},
    {"expiresAt", json::kTimeWanted,
     [](value from, JobFields& to) { return json::read_time(from, to.job.expires_at); }},
    {"snapshotId", json::kHexWanted,
     [](value from, JobFields& to) { return json::read_object_id(from, to.job.snapshot_id); }},
    {"timestamp", json::kTimeWanted,
     [](value from, JobFields& to) { return json::read_time(from, to.job.snapshot_at); }},
    {"targetClusterName", json::kNameWanted, json::read_target_cluster},
    {"targetGroupId", json::kHexWanted,
     [](value from, JobFields& to) {
       return json::read_object_id(from, to.job.target_project_id);
     }},
    {"deliveryUrl", json::kLinksWanted, json::read_links},
    {"privateDownloadDeliveryUrls", json::kLinksWanted, json::read_links},
    {"components", json::kLinksWanted, json::read_links},
    {"pointInTimeUTCSeconds", json::kSecondsWanted,
     [](value from, JobFields& to) { return json::read_unix_seconds(from, to.point_in_time); }},
    {"oplogTs", json::kSecondsWanted,
     [](value from, JobFields& to) { return json::read_unix_seconds(from, to.oplog_time); }},
    {"desiredTimestamp", json::kTimeWanted, json::read_desired_time},
}};

Delivery delivery_of(std::string_view word) {
  if (word == "automated") return Delivery::Automated;
  if (word == "pointInTime") return Delivery::PointInTime;
  if (word == "download") return Delivery::Download;
  return Delivery::Unknown;
}

void take_delivery(JobFields& fields) {
  const std::string_view word = fields.delivery_word;
  fields.flags.delivery = fields.job.delivery = delivery_of(word);
  if (fields.job.delivery == Delivery::Unknown && !word.empty()) {
    fields.note_unknown("deliveryType", word);
  }
}

void complete(JobFields& fields) {
  RestoreJob& job = fields.job;
  take_delivery(fields);
  fields.flags.has_link = fields.has_link;
  fields.flags.has_finished_at = job.finished_at.has_value();
  fields.flags.has_expires_at = job.expires_at.has_value();
  job.has_link = job.delivery == Delivery::Download && fields.has_link;
  job.state = state_rule_of(fields.flags).state;
  job.outcome = outcome_of(fields.flags);
  job.requested_at = fields.requested_at.value_or(created_at(job.id));
  job.recovery_point = recovery_point_of(fields);
}

constexpr JobFamily kFamily{MemberTable(kMembers), complete};

}  // namespace

const JobFamily& flag_jobs() {
  return kFamily;
}

}  // namespace restorewatch
