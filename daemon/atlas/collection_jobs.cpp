#include <array>

#include "atlas/decode_jobs.h"
#include "atlas/job_family.h"
#include "atlas/shown_text.h"

namespace restorewatch {
namespace {

using json::Found;
using json::value;

RestoreProgress& progress_of(JobFields& fields) {
  if (!fields.job.progress) fields.job.progress.emplace();
  return *fields.job.progress;
}

Found read_restored(value from, JobFields& to) {
  std::uint64_t count = 0;
  const Found is = json::read_count(from, count);
  if (is == Found::Value) progress_of(to).restored_documents = count;
  return is;
}

Found read_total(value from, JobFields& to) {
  std::uint64_t count = 0;
  const Found is = json::read_count(from, count);
  if (is == Found::Value) progress_of(to).total_documents = count;
  return is;
}

Found read_failed_collections(value from, JobFields& to) {
  std::uint64_t count = 0;
  const Found is = json::read_count(from, count);
  if (is != Found::Value) return is;
  if (count > UINT32_MAX) return Found::Wrong;
  progress_of(to).failed_collections = static_cast<std::uint32_t>(count);
  return is;
}

/// {"state": …, "failedCollectionCount": …}
Found read_index_status(value from, JobFields& to) {
  return json::read_object(from, [&](std::string_view key, value member) {
    return key == "failedCollectionCount" ? read_failed_collections(member, to) : Found::Value;
  });
}

Found read_error_message(value from, JobFields& to) {
  std::string_view text;
  const Found is = json::read_text(from, text);
  if (is == Found::Value && !text.empty()) to.job.error_message = shown(text);
  return is;
}

// pointInTimeUtcSeconds has other capitals than the flag family's.
constexpr std::array<MemberRule, 15> kMembers{{
    {"id", json::kHexWanted, json::read_job_id},
    {"state", json::kWordWanted,
     [](value from, JobFields& to) { return json::read_text(from, to.state_word); }},
    {"createdAt", json::kTimeWanted,
     [](value from, JobFields& to) { return json::read_time(from, to.requested_at); }},
    {"finishedAt", json::kTimeWanted,
     [](value from, JobFields& to) { return json::read_time(from, to.job.finished_at); }},
    {"errorMessage", json::kTextWanted, read_error_message},
    {"restoredDocuments", json::kCountWanted, read_restored},
    {"totalDocuments", json::kCountWanted, read_total},
    {"indexStatus", json::kCountWanted, read_index_status},
    {"snapshotId", json::kHexWanted,
     [](value from, JobFields& to) { return json::read_object_id(from, to.job.snapshot_id); }},
    {"timestamp", json::kTimeWanted,
     [](value from, JobFields& to) { return json::read_time(from, to.job.snapshot_at); }},
    {"targetClusterName", json::kNameWanted, json::read_target_cluster},
    {"targetGroupId", json::kHexWanted,
     [](value from, JobFields& to) {
       return json::read_object_id(from, to.job.target_project_id);
     }},
    {"pointInTimeUtcSeconds", json::kSecondsWanted,
     [](value from, JobFields& to) { return json::read_unix_seconds(from, to.point_in_time); }},
    {"oplogTs", json::kSecondsWanted,
     [](value from, JobFields& to) { return json::read_unix_seconds(from, to.oplog_time); }},
    {"desiredTimestamp", json::kTimeWanted, json::read_desired_time},
}};

void complete(JobFields& fields) {
  RestoreJob& job = fields.job;
  job.delivery = Delivery::Collection;
  take_state(fields, "state", collection_words());
  job.requested_at = fields.requested_at.value_or(created_at(job.id));
  job.recovery_point = recovery_point_of(fields);
}

constexpr JobFamily kFamily{MemberTable(kMembers), complete};

}  // namespace

const JobFamily& collection_jobs() {
  return kFamily;
}

}  // namespace restorewatch
