#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/time.h"

namespace restorewatch {

/// Follows rounds: one is over when every target has been looked at since the last one ended.
/// Targets come and go. Not thread-safe.
class Sweep {
 public:
  struct Round {
    std::chrono::nanoseconds duration{0};
    std::size_t failed = 0;  // targets whose last look in the round failed
  };

  explicit Sweep(SteadyTime start) : start_(start) {}

  void add(std::size_t target);
  void remove(std::size_t target);

  /// All targets are known that there will be for now; no round is over before.
  void settle() { settled_ = true; }

  void looked_at(std::size_t target, bool ok);

  /// The round that is over by now, if one is; the next one begins.
  std::optional<Round> completed(SteadyTime now);

 private:
  enum class Look : unsigned char { NotATarget, None, Ok, Failed };

  std::vector<Look> looked_;
  std::size_t waiting_for_ = 0;
  SteadyTime start_;
  bool settled_ = false;
};

}  // namespace restorewatch
