#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/time.h"
#include "jobs/object_id.h"
#include "jobs/words.h"

namespace restorewatch {

/// How far a collection restore has come; only that source tells.
struct RestoreProgress {
  std::uint64_t restored_documents = 0;
  std::uint64_t total_documents = 0;     // an estimate while the job is young
  std::uint32_t failed_collections = 0;  // without their indexes: the job may still be Completed

  bool operator==(const RestoreProgress&) const = default;
};

/// A restore job as Atlas shows it now, in the one form that every source is read into.
/// An absent optional means that Atlas did not say. Download links are not kept, only whether
/// there is one.
struct RestoreJob {
  JobId id;
  Delivery delivery = Delivery::Unknown;
  JobState state = JobState::Unknown;
  std::optional<Outcome> outcome;  // what this one look proves, see state_rules.h
  WallTime requested_at;           // the source's own field, else the time inside the id
  std::optional<WallTime> finished_at;
  std::optional<WallTime> expires_at;  // of the job or of its download link
  std::optional<ObjectId> snapshot_id;
  std::optional<WallTime> snapshot_at;
  std::optional<WallTime> recovery_point;  // the moment the restored data stands at
  std::optional<ProjectId> target_project_id;
  std::optional<std::string> target_cluster;
  std::optional<std::string> error_message;  // logged, never a label
  bool has_link = false;                     // a download that can be fetched until expires_at
  std::optional<RestoreProgress> progress;

  bool operator==(const RestoreJob&) const = default;
};

}  // namespace restorewatch
