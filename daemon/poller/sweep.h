#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/time.h"

namespace restorewatch {

/// Follows rounds: one is over when every target has been looked at since the last one ended.
/// Not thread-safe.
class Sweep {
 public:
  struct Round {
    std::chrono::nanoseconds duration{0};
    std::size_t failed = 0;  // targets whose last look in the round failed
  };

  Sweep(std::size_t targets, SteadyTime start) : looked_(targets), start_(start) {}

  /// The round that this look completes, if it does.
  std::optional<Round> looked_at(std::size_t target, bool ok, SteadyTime now);

 private:
  enum class Look : unsigned char { None, Ok, Failed };

  std::vector<Look> looked_;
  std::size_t done_ = 0;
  SteadyTime start_;
};

}  // namespace restorewatch
