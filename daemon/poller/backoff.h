#pragma once

#include <chrono>
#include <optional>

#include "base/time.h"

namespace restorewatch {

/// How long to make no calls after a 429, or a 503 that says when to come back. What the server
/// asks for is never undercut; without a word from it the wait doubles from 10 s, as Atlas
/// recommends, up to five minutes. On top comes a random part of as much, since others wait for the
/// same bucket. Of calls that were under way together, each answered by a 429, the first one
/// counts. Not thread-safe.
class Backoff {
 public:
  /// A 429 that came `now` to a call sent at `sent`; `jitter` is drawn from [0, 1). Returns when
  /// the next call may be made; absent where an earlier 429 has seen to that.
  std::optional<SteadyTime> throttled(std::optional<std::chrono::seconds> retry_after,
                                      SteadyTime sent, SteadyTime now, double jitter);

  /// A call sent at `sent` was answered otherwise.
  void succeeded(SteadyTime sent);

  /// When calls may be made again; long ago if there was no 429.
  SteadyTime until() const { return until_; }

 private:
  static constexpr std::chrono::seconds kFirst{10};
  static constexpr std::chrono::seconds kLongest{300};

  std::chrono::seconds next_ = kFirst;
  SteadyTime last_throttled_ = SteadyTime::min();
  SteadyTime until_ = SteadyTime::min();
};

}  // namespace restorewatch
