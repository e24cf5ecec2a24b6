#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "jobs/restore_job.h"

namespace restorewatch {

/// A job and what we have come to know about it over time.
struct TrackedJob {
  RestoreJob job;                  // as last shown; `state` is Lost when Atlas no longer has it
  std::optional<Outcome> outcome;  // set once
  Purpose purpose = Purpose::Other;
  // By Atlas's clock, since Atlas's times are compared with them:
  std::optional<WallTime> ended_at;             // when the outcome came about, see diff.cpp
  std::optional<WallTime> outcome_observed_at;  // when we saw that; never set by a baseline
  std::optional<WallTime> not_found_at;         // first 404 of an active job that is not listed
  std::array<std::uint16_t, kJobStateCount> entered{};  // how often it entered each state

  bool operator==(const TrackedJob&) const = default;
};

}  // namespace restorewatch
