#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "jobs/object_id.h"
#include "jobs/packed_time.h"
#include "jobs/tracked_job.h"

namespace restorewatch {

/// Which of a job's times.
enum class JobTime : std::uint8_t {
  Requested,
  Finished,
  Expires,
  Snapshot,
  RecoveryPoint,
  Ended,
  OutcomeObserved,
};
inline constexpr std::size_t kJobTimeCount = 7;

std::optional<WallTime> time_of(const TrackedJob& tracked, JobTime which);
/// A job has always been requested at some time; the others may be absent.
void set_time(TrackedJob& tracked, JobTime which, const std::optional<WallTime>& time);

/// What nearly every job has, in 72 bytes. The rest is beside the rows, where a flag says so.
struct JobRow {
  JobId id;
  ObjectId snapshot_id;  // zero where the job has none
  std::array<PackedTime, kJobTimeCount> times;
  std::uint32_t place = 0;         // where it restores to, see place_pool.h
  std::uint32_t entered : 22 = 0;  // two bits for each state
  std::uint32_t delivery : 3 = 0;
  std::uint32_t state : 4 = 0;
  std::uint32_t shown_outcome : 3 = 0;  // 0: none
  std::uint32_t outcome : 3 = 0;        // 0: none
  std::uint32_t purpose : 1 = 0;
  std::uint32_t has_link : 1 = 0;
  std::uint32_t has_snapshot : 1 = 0;
  std::uint32_t far_times : 1 = 0;     // a time that does not fit
  std::uint32_t many_entries : 1 = 0;  // into one state
  std::uint32_t not_found : 1 = 0;
  std::uint32_t error_message : 1 = 0;
  std::uint32_t progress : 1 = 0;

  bool operator==(const JobRow&) const = default;
};
static_assert(sizeof(JobRow) == 72);

/// All but the place and what is beside the rows, which is flagged.
JobRow pack(const TrackedJob& tracked);

/// The way back, likewise. Times that do not fit are left absent.
TrackedJob unpack(const JobRow& row);

/// Whether what the row holds of the job as Atlas shows it agrees; likewise. Nothing of what we
/// have come to know ourselves is compared.
bool agrees(const JobRow& row, const RestoreJob& shown);

constexpr JobState state_of(const JobRow& row) {
  return static_cast<JobState>(row.state);
}

inline PackedTime time_of(const JobRow& row, JobTime which) {
  return row.times[static_cast<std::size_t>(which)];
}

/// As the rows have them: 0 is none.
template <typename Enum>
constexpr std::optional<Enum> optional_of(std::uint32_t code) {
  return code == 0 ? std::nullopt : std::optional(static_cast<Enum>(code - 1));
}
template <typename Enum>
constexpr std::uint32_t code_of_optional(const std::optional<Enum>& value) {
  return value ? static_cast<std::uint32_t>(*value) + 1 : 0;
}

}  // namespace restorewatch
