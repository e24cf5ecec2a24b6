#pragma once

#include <optional>
#include <string>

#include "base/time.h"
#include "jobs/object_id.h"
#include "jobs/words.h"

namespace restorewatch {

/// A restore job as Atlas shows it now, in the one form that every source is read into.
/// An absent optional means that Atlas did not say. Download links are not kept: whether there
/// is one is in `state`.
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

  bool operator==(const RestoreJob&) const = default;
};

}  // namespace restorewatch
