#pragma once

#include <chrono>
#include <optional>

#include "base/time.h"

namespace restorewatch {

/// How long to leave a throttled project alone. What the server asks for is never undercut;
/// without a word from it the wait doubles from 10 s, as Atlas recommends, up to five minutes.
/// Of looks that were under way together, each answered by a 429, the first one counts.
/// Not thread-safe.
class Backoff {
 public:
  /// A 429 that came `now` to a look begun at `began`. Returns when the project may be looked at
  /// again; absent where an earlier 429 has seen to that.
  std::optional<SteadyTime> throttled(std::optional<std::chrono::seconds> retry_after,
                                      SteadyTime began, SteadyTime now);

  /// A look begun at `began` went well.
  void succeeded(SteadyTime began);

 private:
  static constexpr std::chrono::seconds kFirst{10};
  static constexpr std::chrono::seconds kLongest{300};

  std::chrono::seconds next_ = kFirst;
  SteadyTime last_throttled_ = SteadyTime::min();
  SteadyTime until_ = SteadyTime::min();
};

}  // namespace restorewatch
