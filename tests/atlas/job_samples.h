#pragma once

#include <string>

#include "base/time.h"
#include "jobs/restore_job.h"

namespace restorewatch {

inline WallTime time_of(std::string_view text) {
  return parse_time(text).value();
}

inline ObjectId id_of(std::string_view hex) {
  return parse_object_id(hex).value();
}

/// When job `number` of the fixtures' lists was created: a minute after the one before.
inline WallTime fixture_time(unsigned number) {
  return time_of("2026-08-10T09:42:00Z") + std::chrono::minutes(number);
}

inline JobId fixture_id(unsigned number) {
  const auto seconds = static_cast<std::uint32_t>(unix_seconds(fixture_time(number)));
  JobId id = id_of("000000005f1c2b3d4e5f6000");
  for (std::size_t i = 0; i < 4; ++i) {
    id.bytes[i] = static_cast<std::uint8_t>(seconds >> (24 - 8 * i) & 0xFFU);
  }
  id.bytes[11] = static_cast<std::uint8_t>(number);
  return id;
}

/// What all jobs of the fixtures' lists have in common.
inline RestoreJob fixture_job(unsigned number, Delivery delivery, JobState state) {
  RestoreJob job;
  job.id = fixture_id(number);
  job.delivery = delivery;
  job.state = state;
  job.requested_at = fixture_time(number);
  job.snapshot_id = id_of("6a79a3105f1c2b3d4e5f6080");
  job.snapshot_at = time_of("2026-08-10T09:30:12Z");
  job.recovery_point = job.snapshot_at;
  if (delivery != Delivery::Download) {
    job.target_project_id = id_of("6a79a0405f1c2b3d4e5f6072");
    job.target_cluster = "orders-drill";
  }
  return job;
}

}  // namespace restorewatch
