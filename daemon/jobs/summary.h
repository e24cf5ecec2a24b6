#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>

#include "jobs/target_record.h"

namespace restorewatch {

/// The restore of one delivery that ended well most recently; all values are of that one job.
struct LastSuccess {
  WallTime ended_at;
  WallTime requested_at;
  std::optional<std::chrono::milliseconds> duration;
  std::optional<WallTime> recovery_point;

  bool operator==(const LastSuccess&) const = default;
};

struct LastFailure {
  WallTime ended_at;
  std::optional<WallTime> observed_at;  // absent: only known from a baseline

  bool operator==(const LastFailure&) const = default;
};

/// What the gauges say of one target. "Never happened" is an absent optional.
struct TargetSummary {
  std::array<std::uint64_t, kJobStateCount> jobs{};
  std::optional<WallTime> oldest_active_requested_at;
  std::uint64_t links_active = 0;
  std::optional<WallTime> link_expires_at;                                // the soonest
  std::array<std::optional<LastSuccess>, kDeliveryCount> last_success{};  // by Delivery
  std::optional<WallTime> last_drill_success_at;
  std::array<std::optional<LastFailure>, kKindCount> last_failure{};

  /// Those going on.
  std::uint64_t active_jobs() const;

  bool operator==(const TargetSummary&) const = default;
};

/// A link counts until it expires: after link_expires_at the summary has to be made again.
TargetSummary summarize(const JobTable& jobs, WallTime now);

/// Leaves only what has happened.
void forget_the_present(TargetSummary& summary);

/// Adds what another source of the same cluster shows: counts add up, the oldest stays, and a last
/// success stays that of one job.
void merge(const TargetSummary& other, TargetSummary& into);

}  // namespace restorewatch
