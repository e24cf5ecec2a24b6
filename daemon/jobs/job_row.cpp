#include "jobs/job_row.h"

#include <algorithm>

namespace restorewatch {
namespace {

constexpr unsigned kEntryBits = 2;
constexpr std::uint16_t kMostEntries = (1U << kEntryBits) - 1;
static_assert(kJobStateCount * kEntryBits <= 22);
static_assert(kDeliveryCount <= 8 && kJobStateCount <= 16 && kOutcomeCount <= 7);

PackedTime shown_time(const RestoreJob& job, JobTime which) {
  switch (which) {
    case JobTime::Requested:
      return PackedTime(job.requested_at);
    case JobTime::Finished:
      return PackedTime(job.finished_at);
    case JobTime::Expires:
      return PackedTime(job.expires_at);
    case JobTime::Snapshot:
      return PackedTime(job.snapshot_at);
    case JobTime::RecoveryPoint:
      return PackedTime(job.recovery_point);
    case JobTime::Ended:
    case JobTime::OutcomeObserved:
      break;
  }
  return {};
}

std::uint32_t pack_entered(const std::array<std::uint16_t, kJobStateCount>& entered) {
  std::uint32_t packed = 0;
  for (std::size_t i = 0; i < entered.size(); ++i) {
    packed |= std::uint32_t{std::min(entered[i], kMostEntries)} << (kEntryBits * i);
  }
  return packed;
}

void unpack_entered(std::uint32_t packed, std::array<std::uint16_t, kJobStateCount>& entered) {
  for (std::size_t i = 0; i < entered.size(); ++i) {
    entered[i] = static_cast<std::uint16_t>(packed >> (kEntryBits * i)) & kMostEntries;
  }
}

void pack_shown(const RestoreJob& job, JobRow& row) {
  row.id = job.id;
  row.snapshot_id = job.snapshot_id.value_or(ObjectId{});
  row.has_snapshot = job.snapshot_id.has_value();
  row.delivery = static_cast<std::uint32_t>(job.delivery) & 7U;
  row.state = static_cast<std::uint32_t>(job.state) & 15U;
  row.shown_outcome = code_of_optional(job.outcome) & 7U;
  row.has_link = job.has_link;
  row.error_message = job.error_message.has_value();
  row.progress = job.progress.has_value();
}

void unpack_shown(const JobRow& row, RestoreJob& job) {
  job.id = row.id;
  if (row.has_snapshot) job.snapshot_id = row.snapshot_id;
  job.delivery = static_cast<Delivery>(row.delivery);
  job.state = state_of(row);
  job.outcome = optional_of<Outcome>(row.shown_outcome);
  job.has_link = row.has_link;
}

void unpack_times(const JobRow& row, TrackedJob& tracked) {
  for (std::size_t i = 0; i < kJobTimeCount; ++i) {
    if (!row.times[i].is_far()) set_time(tracked, static_cast<JobTime>(i), row.times[i].get());
  }
}

}  // namespace

std::optional<WallTime> time_of(const TrackedJob& tracked, JobTime which) {
  switch (which) {
    case JobTime::Requested:
      return tracked.job.requested_at;
    case JobTime::Finished:
      return tracked.job.finished_at;
    case JobTime::Expires:
      return tracked.job.expires_at;
    case JobTime::Snapshot:
      return tracked.job.snapshot_at;
    case JobTime::RecoveryPoint:
      return tracked.job.recovery_point;
    case JobTime::Ended:
      return tracked.ended_at;
    case JobTime::OutcomeObserved:
      break;
  }
  return tracked.outcome_observed_at;
}

void set_time(TrackedJob& tracked, JobTime which, const std::optional<WallTime>& time) {
  switch (which) {
    case JobTime::Requested:
      tracked.job.requested_at = time.value_or(WallTime{});
      return;
    case JobTime::Finished:
      tracked.job.finished_at = time;
      return;
    case JobTime::Expires:
      tracked.job.expires_at = time;
      return;
    case JobTime::Snapshot:
      tracked.job.snapshot_at = time;
      return;
    case JobTime::RecoveryPoint:
      tracked.job.recovery_point = time;
      return;
    case JobTime::Ended:
      tracked.ended_at = time;
      return;
    case JobTime::OutcomeObserved:
      tracked.outcome_observed_at = time;
  }
}

JobRow pack(const TrackedJob& tracked) {
  JobRow row;
  pack_shown(tracked.job, row);
  for (std::size_t i = 0; i < kJobTimeCount; ++i) {
    row.times[i] = PackedTime(time_of(tracked, static_cast<JobTime>(i)));
  }
  row.far_times = std::ranges::any_of(row.times, &PackedTime::is_far);
  row.outcome = code_of_optional(tracked.outcome) & 7U;
  row.purpose = static_cast<std::uint32_t>(tracked.purpose) & 1U;
  row.not_found = tracked.not_found_at.has_value();
  row.entered = pack_entered(tracked.entered) & 0x3FFFFFU;
  row.many_entries = *std::ranges::max_element(tracked.entered) > kMostEntries;
  return row;
}

TrackedJob unpack(const JobRow& row) {
  TrackedJob tracked;
  unpack_shown(row, tracked.job);
  unpack_times(row, tracked);
  tracked.outcome = optional_of<Outcome>(row.outcome);
  tracked.purpose = static_cast<Purpose>(row.purpose);
  unpack_entered(row.entered, tracked.entered);
  return tracked;
}

bool agrees(const JobRow& row, const RestoreJob& shown) {
  const auto is_same = [&](JobTime which) {
    return time_of(row, which) == shown_time(shown, which);
  };
  return row.state == static_cast<std::uint32_t>(shown.state) &&
         row.delivery == static_cast<std::uint32_t>(shown.delivery) &&
         row.shown_outcome == code_of_optional(shown.outcome) &&
         (row.has_link != 0) == shown.has_link &&
         (row.has_snapshot != 0) == shown.snapshot_id.has_value() &&
         (!shown.snapshot_id || row.snapshot_id == *shown.snapshot_id) &&
         is_same(JobTime::Requested) && is_same(JobTime::Finished) && is_same(JobTime::Expires) &&
         is_same(JobTime::Snapshot) && is_same(JobTime::RecoveryPoint);
}

}  // namespace restorewatch
