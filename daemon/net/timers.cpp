#include "net/timers.h"

#include <utility>

namespace restorewatch {

std::vector<Timers::Work> Timers::take_due(SteadyTime now) {
  std::vector<Work> due;
  const auto end = timers_.upper_bound(now);
  for (auto it = timers_.begin(); it != end; ++it) due.push_back(std::move(it->second));
  timers_.erase(timers_.begin(), end);
  return due;
}

}  // namespace restorewatch
