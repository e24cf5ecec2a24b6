// How discovery follows the configuration; how it asks is in discovery.cpp.

#include <algorithm>
#include <utility>

#include "inventory/discovery.h"

namespace restorewatch {

void Discovery::reconfigure(const DiscoveryOptions& options, Wanted wanted, bool ask) {
  if (stopping_) return;
  const bool other_interval = options.interval != options_.interval;
  const bool other_wishes = wanted != wanted_;
  options_ = options;
  if (other_wishes) {
    wanted_ = std::move(wanted);
    roster_->reconfigure(wanted_, std::min(options_.confirm_after, options_.interval));
    publish();
  }
  if (other_wishes || ask) begin_anew();
  if (!other_interval) return;
  plan_to_ask(std::max(deps_.clock.steady_now(), asked_all_at_ + options_.interval));
}

/// What is under way was asked for the sake of what was wanted before; nobody waits for it.
void Discovery::begin_anew() {
  ++generation_;
  waiting_.clear();
  in_flight_.clear();
  wished_.clear();
  begin_round();
}

}  // namespace restorewatch
