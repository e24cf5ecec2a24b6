#pragma once

#include <atomic>
#include <chrono>
#include <functional>

namespace atlas_simulator {

using Millis = std::chrono::milliseconds;

/// UTC of the simulated world, in milliseconds.
using VirtualTime = std::chrono::sys_time<Millis>;

/// The one clock of a simulated Atlas: jobs, nonces, tokens and rate buckets all live by it.
/// Thread-safe.
class VirtualClock {
 public:
  /// Shows `start` now and then runs `factor` times as fast as real time; 0 stands still.
  VirtualClock(VirtualTime start, double factor);

  /// Follows `outside`, which must be thread-safe: a clock shared with the program under test.
  explicit VirtualClock(std::function<VirtualTime()> outside);

  VirtualTime now() const;

  /// Jumps ahead by `step` on top of whatever the clock does by itself.
  void advance(Millis step);

  /// What the computer's own clock shows.
  static VirtualTime real_now();

 private:
  std::function<VirtualTime()> source_;
  std::atomic<Millis::rep> advanced_{0};
};

}  // namespace atlas_simulator
