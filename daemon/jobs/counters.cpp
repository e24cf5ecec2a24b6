#include "jobs/counters.h"

#include <algorithm>

namespace restorewatch {
namespace {

void observe(std::chrono::milliseconds duration, DurationHistogram& histogram) {
  const auto* const bound =
      std::lower_bound(kDurationBounds.begin(), kDurationBounds.end(), duration);
  ++histogram.buckets[static_cast<std::size_t>(bound - kDurationBounds.begin())];
  histogram.sum_ms += static_cast<std::uint64_t>(duration.count());
}

}  // namespace

void merge(const TargetCounters& other, TargetCounters& into) {
  for (std::size_t i = 0; i < kScopeCount; ++i) into.requested[i] += other.requested[i];
  for (std::size_t kind = 0; kind < kKindCount; ++kind) {
    for (std::size_t i = 0; i < kOutcomeCount; ++i) {
      into.finished[kind][i] += other.finished[kind][i];
    }
  }
  for (std::size_t i = 0; i < kPolicyRuleCount; ++i) into.violations[i] += other.violations[i];
}

void count(const Transition& transition, TargetCounters& counters) {
  if (transition.counts_request) ++counters.requested[index_of(transition.scope)];
  if (transition.counts_outcome && transition.outcome) {
    const Kind kind = kind_of(transition.job.delivery);
    ++counters.finished[index_of(kind)][index_of(*transition.outcome)];
  }
  for (std::size_t i = 0; i < kPolicyRuleCount; ++i) {
    if (transition.violations.test(i)) ++counters.violations[i];
  }
}

void count(const Transition& transition, FleetTotals& totals) {
  ++totals.transitions[{transition.target.source, transition.from, transition.to}];
  if (transition.missed) ++totals.missed[transition.target.project_id];
  if (transition.counts_outcome && transition.outcome == Outcome::Completed) {
    if (const auto duration = duration_of(transition.job)) {
      observe(*duration, totals.durations[index_of(kind_of(transition.job.delivery))]);
    }
  }
}

}  // namespace restorewatch
