#pragma once

#include <chrono>
#include <optional>

#include "base/time.h"

namespace restorewatch {

/// Notices that Atlas as a whole cannot be reached, or gives no answer that makes sense: then a
/// trickle of looks finds out when it is back. Without I/O. Not thread-safe.
class Outage {
 public:
  /// So many looks in a row that got no real answer, and no other one for so long, are no
  /// coincidence: where single projects fail, the others answer in between.
  static constexpr int kFailures = 20;
  static constexpr std::chrono::seconds kSilence{10};

  /// A look ended at `now` without an answer of Atlas's own.
  void failed(SteadyTime now);

  /// A look told neither: the next try is as far away as if it had failed.
  void tried(SteadyTime now);

  /// A look got one, be it a refusal: if there was an outage, it is over.
  void answered(SteadyTime now);

  bool is_on() const { return is_on_; }

  /// When to try the next look; while an outage is on.
  SteadyTime next_try() const { return next_try_; }

 private:
  static constexpr std::chrono::seconds kFirstWait{1};
  static constexpr std::chrono::seconds kLongestWait{10};

  int failures_ = 0;
  std::optional<SteadyTime> answered_at_;  // last
  bool is_on_ = false;
  std::chrono::seconds wait_ = kFirstWait;
  SteadyTime next_try_ = SteadyTime::min();
};

}  // namespace restorewatch
