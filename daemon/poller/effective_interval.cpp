#include "poller/effective_interval.h"

#include <algorithm>
#include <cmath>

#include "poller/look_queue.h"

namespace restorewatch {
namespace {

using std::chrono::milliseconds;
using Minutes = std::chrono::duration<double, std::ratio<60>>;

/// Sums of fractions: what fits to the call is enough.
constexpr double kRounding = 1e-6;

double a_minute(milliseconds interval, double calls) {
  return calls / Minutes(interval).count();
}

milliseconds rounded_up(Minutes time) {
  const double exact = std::chrono::duration<double, std::milli>(time).count() - kRounding;
  const milliseconds step{exact < 10'000 ? 100 : 1000};
  return step * std::llround(std::ceil(exact / static_cast<double>(step.count())));
}

}  // namespace

double calls_a_minute(const LineDemand& demand) {
  double all = 0;
  for (const auto& [interval, calls] : demand) all += a_minute(interval, calls);
  return all;
}

/// Turns are taken in the order in which they were missed, so that each target waits as long as
/// the others: those with the shortest intervals miss turns first.
milliseconds shortest_interval(const LineDemand& demand, double share) {
  double left = share - calls_a_minute(demand);  // for those that miss turns
  if (left >= -kRounding) return milliseconds(0);
  double calls_of_a_round = 0;
  for (auto at = demand.begin(); at != demand.end(); ++at) {
    left += a_minute(at->first, at->second);
    calls_of_a_round += at->second;
    const auto next = std::next(at);
    if (left <= 0) continue;
    const Minutes round(calls_of_a_round / left);
    if (next == demand.end() || round <= next->first) return rounded_up(round);
  }
  return milliseconds(0);
}

ShortestIntervals shortest_intervals(const BucketDemand& demand) {
  const double active = calls_a_minute(demand.active);
  const double idle = calls_a_minute(demand.idle);
  if (active + idle <= demand.share + kRounding) return {};
  const double for_idle = std::min(demand.share / LookQueue::kIdleTurn, idle);
  const double for_active = std::min(active, demand.share - for_idle);
  return {shortest_interval(demand.active, for_active),
          shortest_interval(demand.idle, demand.share - for_active)};
}

}  // namespace restorewatch
