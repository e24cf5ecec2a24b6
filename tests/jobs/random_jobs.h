#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <random>
#include <string>

#include "jobs/tracked_job.h"

namespace restorewatch::testing_jobs {

/// Draws jobs that hold anything that a job can hold: what Atlas shows and what nobody would, each
/// often enough.
class RandomJobs {
 public:
  /// Of `ids` different jobs; fewer meet again more often.
  RandomJobs(std::uint32_t seed, std::uint32_t ids) : random_(seed), ids_(ids) {}

  std::uint32_t below(std::uint32_t bound) {
    return std::uniform_int_distribution<std::uint32_t>(0, bound - 1)(random_);
  }

  JobId id() {
    JobId id;
    std::uint64_t mixed = (below(ids_) + 1) * 0x9E3779B97F4A7C15ULL;
    for (std::uint8_t& byte : id.bytes) byte = static_cast<std::uint8_t>(mixed >>= 5U);
    return id;
  }

  TrackedJob job() {
    TrackedJob tracked;
    tracked.job = shown();
    tracked.outcome = maybe_outcome();
    tracked.purpose = static_cast<Purpose>(below(2));
    tracked.ended_at = maybe_time();
    tracked.outcome_observed_at = maybe_time();
    if (below(5) == 0) tracked.not_found_at = time();
    for (std::uint16_t& times : tracked.entered) times = entries();
    return tracked;
  }

 private:
  RestoreJob shown() {
    RestoreJob job;
    job.id = id();
    job.delivery = static_cast<Delivery>(below(kDeliveryCount));
    job.state = static_cast<JobState>(below(kJobStateCount));
    job.outcome = maybe_outcome();
    job.requested_at = time();
    job.finished_at = maybe_time();
    job.expires_at = maybe_time();
    if (below(2) == 0) job.snapshot_id = below(9) == 0 ? ObjectId{} : id();
    job.snapshot_at = maybe_time();
    job.recovery_point = maybe_time();
    if (below(2) == 0) job.target_project_id = below(9) == 0 ? ObjectId{} : id();
    if (below(2) == 0) job.target_cluster = text();
    if (below(5) == 0) job.error_message = text();
    job.has_link = below(2) == 0;
    if (below(5) == 0) job.progress = RestoreProgress{any(), any(), below(UINT32_MAX)};
    return job;
  }

  std::uint64_t any() { return std::uniform_int_distribution<std::uint64_t>()(random_); }

  std::optional<Outcome> maybe_outcome() {
    const std::uint32_t drawn = below(kOutcomeCount + 1);
    return drawn == 0 ? std::nullopt : std::optional(static_cast<Outcome>(drawn - 1));
  }

  std::optional<WallTime> maybe_time() {
    return below(3) == 0 ? std::nullopt : std::optional(time());
  }

  /// Mostly of our days; else at or near where a number of bits ends.
  WallTime time() {
    if (below(6) > 0)
      return WallTime{std::chrono::milliseconds{1'700'000'000'000 + below(1U << 31U)}};
    const std::uint64_t near = (std::uint64_t{1} << below(64)) + below(5) - 2;
    const auto count = static_cast<std::int64_t>(below(2) == 0 ? near : ~near + 1);
    return WallTime{std::chrono::milliseconds{count}};
  }

  std::uint16_t entries() {
    constexpr std::array<std::uint16_t, 8> kOften{0, 0, 0, 1, 1, 2, 3, 3};
    if (below(30) > 0) return kOften.at(below(kOften.size()));
    return static_cast<std::uint16_t>(below(std::numeric_limits<std::uint16_t>::max() + 1U));
  }

  std::string text() {
    std::string text(below(4) == 0 ? below(300) : below(3), 'a');
    for (char& c : text) c = static_cast<char>(below(256));
    return text;
  }

  std::mt19937 random_;
  std::uint32_t ids_;
};

}  // namespace restorewatch::testing_jobs
