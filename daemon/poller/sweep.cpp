#include "poller/sweep.h"

#include <algorithm>

namespace restorewatch {

std::optional<Sweep::Round> Sweep::looked_at(std::size_t target, bool ok, SteadyTime now) {
  if (looked_[target] == Look::None) ++done_;
  looked_[target] = ok ? Look::Ok : Look::Failed;
  if (done_ < looked_.size()) return std::nullopt;
  const Round round{now - start_,
                    static_cast<std::size_t>(std::ranges::count(looked_, Look::Failed))};
  std::ranges::fill(looked_, Look::None);
  done_ = 0;
  start_ = now;
  return round;
}

}  // namespace restorewatch
