// How the poller takes other options while it works.

#include "poller/poller.h"

namespace restorewatch {

void Poller::reconfigure(const PollerOptions& options) {
  if (stopping_) return;
  const bool spread = options_.spread;
  options_ = options;
  options_.spread = spread;
  telemetry_.interval(options_.interval);
  fleet_.set_options(fleet_options_of(options_));
  schedule_.set_max_in_flight(options_.max_in_flight);
  for (auto& [index, memory] : memories_) memory.answer.reset();  // judged by other options
  const SteadyTime now = deps_.clock.steady_now();
  for (const WatchedTarget& target : fleet_.targets()) {
    schedule_.change(target.index, turns_of(target.key), now);
  }
  publish_soon();
  start_due_looks();
}

Fleet::Options fleet_options_of(const PollerOptions& options) {
  return {.stale_after = options.stale_after,
          .list_jobs = options.per_job_series,
          .job_retention = options.job_retention,
          .max_listed_jobs = options.max_job_series,
          .has_policies = options.policies && !options.policies->empty(),
          .objectives = options.objectives};
}

}  // namespace restorewatch
