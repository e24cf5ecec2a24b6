#pragma once

#include <optional>
#include <string>

#include "jobs/restore_job.h"
#include "simulator/world.h"

namespace restorewatch {

/// A job of the fake Atlas's world, with where it is.
struct TrueJob {
  const atlas_simulator::Job& job;
  const atlas_simulator::Project& project;
  const atlas_simulator::Cluster& cluster;
};

/// What has to be read of the job at that time, worked out from the world alone; absent once it has
/// vanished.
std::optional<RestoreJob> expected_job(const TrueJob& truth, WallTime now);

/// All that a job says, for messages.
std::string described(const RestoreJob& job);

}  // namespace restorewatch
