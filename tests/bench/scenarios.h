#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "bench/figures.h"
#include "bench/fleet_run.h"

namespace restorewatch::testing_fleet {

/// What happens to a fleet in each of these, and the figures that come of it. The goals are those
/// of docs/performance.md.

/// Nothing but restores, for that many stretches of time; each has figures of its own.
std::vector<Figure> steady(const FleetRunOptions& options, int stretches,
                           std::chrono::minutes stretch);

/// One project with more clusters than its share of calls can look at in an interval.
std::vector<Figure> over_committed(FleetRunOptions options, std::uint32_t clusters,
                                   std::chrono::minutes length);

/// Somebody else drains the bucket of one project for ten minutes.
std::vector<Figure> throttled(const FleetRunOptions& options);

/// Atlas is away for half an hour.
std::vector<Figure> outage(const FleetRunOptions& options);

/// The daemon is restarted, and again while it is young. Its projects are over-committed.
std::vector<Figure> restart(FleetRunOptions options);

/// CPU time per target and cycle of a small fleet against a large one. Both are measured in turn.
std::vector<Figure> growth(std::uint32_t small_targets, std::uint32_t large_targets, int repeats);

/// Nothing but so many cycles of a minute, for who counts instructions: those of a long run less
/// those of a short one are what the looks between them cost.
std::vector<Figure> cycles(std::uint32_t targets, std::chrono::minutes length);

}  // namespace restorewatch::testing_fleet
