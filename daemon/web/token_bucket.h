#pragma once

#include <algorithm>
#include <chrono>

#include "base/time.h"

namespace restorewatch {

/// What fills up with time, to a brim, and is taken from: an allowance of time. It begins full.
/// Not thread-safe.
class TokenBucket {
 public:
  /// `share` of the time that passes is gained.
  TokenBucket(std::chrono::nanoseconds brim, double share, SteadyTime now)
      : brim_(brim), share_(share), level_(brim), at_(now) {}

  /// Whether there was as much, which then is taken.
  bool take(std::chrono::nanoseconds amount, SteadyTime now) {
    fill(now);
    if (level_ < amount) return false;
    level_ -= amount;
    return true;
  }

  /// Takes it, though it may not be there: what is owed has to be gained first.
  void owe(std::chrono::nanoseconds amount, SteadyTime now) {
    fill(now);
    level_ -= amount;
  }

  bool is_empty(SteadyTime now) {
    fill(now);
    return level_ <= std::chrono::nanoseconds{0};
  }

 private:
  void fill(SteadyTime now) {
    const std::chrono::duration<double, std::nano> gained = (now - at_) * share_;
    at_ = now;
    if (gained >= brim_ - level_) {
      level_ = brim_;
    } else {
      level_ += std::chrono::duration_cast<std::chrono::nanoseconds>(gained);
    }
  }

  std::chrono::nanoseconds brim_;
  double share_;
  std::chrono::nanoseconds level_;
  SteadyTime at_;
};

}  // namespace restorewatch
