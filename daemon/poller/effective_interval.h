#pragma once

#include <chrono>
#include <map>

namespace restorewatch {

/// What the targets that wait in one line want: by their interval, the calls that a look at each of
/// them takes, all together.
using LineDemand = std::map<std::chrono::milliseconds, double>;

double calls_a_minute(const LineDemand& demand);

/// How far apart looks at one target are at least, where `share` calls a minute are given to the
/// line; whoever has a longer interval keeps it. 0 where there is enough for all. Rounded up: to
/// whole seconds, below ten to tenths.
std::chrono::milliseconds shortest_interval(const LineDemand& demand, double share);

/// What the targets of one bucket want, and what there is.
struct BucketDemand {
  LineDemand active;
  LineDemand idle;
  double share = 0;  // calls a minute, more than 0
};

struct ShortestIntervals {
  std::chrono::milliseconds active{0};
  std::chrono::milliseconds idle{0};
};

/// As LookQueue shares out: active targets first, but a quarter is for idle ones if they need it.
ShortestIntervals shortest_intervals(const BucketDemand& demand);

}  // namespace restorewatch
