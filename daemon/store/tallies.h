#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "jobs/counters.h"

namespace restorewatch {

/// One counter as a row: what it counts, in words joined by "/", and how many.
///   of a target:  requested/<scope>   finished/<kind>/<outcome>   violations/<rule>
///   of the fleet: transitions/<source>/<from, or none>/<to>   missed/<project id>
///                 durations/<kind>/<upper bound in seconds, or more>   duration_ms/<kind>
struct Tally {
  std::string name;
  std::uint64_t value = 0;

  bool operator==(const Tally&) const = default;
};

/// Those that are not 0.
std::vector<Tally> tallies(const TargetCounters& counters);
std::vector<Tally> tallies(const FleetTotals& totals);

/// Sets the counter of that name. False: there is none.
bool restore(std::string_view name, std::uint64_t value, TargetCounters& counters);
bool restore(std::string_view name, std::uint64_t value, FleetTotals& totals);

}  // namespace restorewatch
