#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

#include "base/clock.h"

namespace restorewatch {

/// Time that moves only when told to. Wall and steady time move together. Thread-safe.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(WallTime start = from_unix_seconds(1'790'000'000)) : start_(start) {}

  WallTime wall_now() const override {
    return start_ + std::chrono::floor<std::chrono::milliseconds>(passed());
  }
  SteadyTime steady_now() const override { return SteadyTime(std::chrono::hours(1) + passed()); }

  void advance(std::chrono::nanoseconds by) { passed_ += by.count(); }

 private:
  std::chrono::nanoseconds passed() const { return std::chrono::nanoseconds(passed_.load()); }

  WallTime start_;
  std::atomic<std::int64_t> passed_{0};
};

}  // namespace restorewatch
