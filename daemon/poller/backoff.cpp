#include "poller/backoff.h"

#include <algorithm>

namespace restorewatch {

using std::chrono::seconds;

std::optional<SteadyTime> Backoff::throttled(std::optional<seconds> retry_after, SteadyTime began,
                                             SteadyTime now) {
  const bool known_already = began <= last_throttled_;
  const seconds wait = retry_after     ? std::max(*retry_after, seconds(1))
                       : known_already ? seconds(0)
                                       : next_;
  if (!known_already) {
    last_throttled_ = now;
    next_ = std::min(next_ * 2, kLongest);
  }
  if (now + wait <= until_) return std::nullopt;
  until_ = now + wait;
  return until_;
}

void Backoff::succeeded(SteadyTime began) {
  if (began > last_throttled_) next_ = kFirst;
}

}  // namespace restorewatch
