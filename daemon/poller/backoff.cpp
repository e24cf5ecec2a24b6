#include "poller/backoff.h"

#include <algorithm>

namespace restorewatch {

using std::chrono::nanoseconds;
using std::chrono::seconds;

std::optional<SteadyTime> Backoff::throttled(std::optional<seconds> retry_after, SteadyTime sent,
                                             SteadyTime now, double jitter) {
  const bool known_already = sent <= last_throttled_;
  nanoseconds wait = retry_after ? std::max(*retry_after, seconds(1)) : next_;
  if (known_already) {
    if (!retry_after || now + wait <= until_) return std::nullopt;
  } else {
    wait += std::chrono::duration_cast<nanoseconds>(jitter * next_);
    last_throttled_ = now;
    next_ = std::min(next_ * 2, kLongest);
  }
  until_ = std::max(until_, now + wait);
  return until_;
}

void Backoff::succeeded(SteadyTime sent) {
  if (sent > last_throttled_) next_ = kFirst;
}

}  // namespace restorewatch
