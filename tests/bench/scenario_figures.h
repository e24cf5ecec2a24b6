#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "bench/figures.h"
#include "bench/fleet_run.h"

namespace restorewatch::testing_fleet {

/// What several scenarios say in the same words.

/// Median, 99th percentile and maximum of each place that has changes.
void add_latencies(std::vector<Figure>& figures, const std::string& scenario,
                   const DetectionLedger::Period& period, const PollerOptions& poller);

/// Every change is committed exactly once: none unexpected, and none outstanding that came about
/// longer ago than `patience`.
void add_exactness(std::vector<Figure>& figures, const std::string& scenario, FleetRun& run,
                   std::chrono::milliseconds patience);

/// Calls a minute of the busiest buckets against our share, and what Atlas refused.
void add_calls(std::vector<Figure>& figures, const std::string& scenario, const FleetRun& run,
               const CallMeter::Period& calls, std::chrono::minutes length);

/// The largest number of calls to a bucket of this source in any sliding minute.
std::size_t most_in_a_minute(const CallMeter::Period& calls);

/// What our share of a bucket is, with the one percent that it may be exceeded by.
double share_a_minute(const FleetRunOptions& options);

}  // namespace restorewatch::testing_fleet
