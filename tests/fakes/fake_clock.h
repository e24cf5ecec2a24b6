#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

#include "base/clock.h"

namespace restorewatch {

/// Time that moves only when told to. Wall and steady time move together, unless the wall clock is
/// set. Thread-safe.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(WallTime start = from_unix_seconds(1'790'000'000)) : start_(start) {}

  WallTime wall_now() const override {
    return true_now() + std::chrono::milliseconds(jumped_.load());
  }
  SteadyTime steady_now() const override { return SteadyTime(std::chrono::hours(1) + passed()); }

  void advance(std::chrono::nanoseconds by) { passed_ += by.count(); }

  /// Sets the wall clock forward or back, as time synchronization does.
  void jump(std::chrono::milliseconds by) { jumped_ += by.count(); }

  /// What a clock shows that nobody sets: Atlas's.
  WallTime true_now() const {
    return start_ + std::chrono::floor<std::chrono::milliseconds>(passed());
  }

 private:
  std::chrono::nanoseconds passed() const { return std::chrono::nanoseconds(passed_.load()); }

  WallTime start_;
  std::atomic<std::int64_t> passed_{0};
  std::atomic<std::int64_t> jumped_{0};
};

}  // namespace restorewatch
