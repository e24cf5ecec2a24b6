#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/loop.h"

namespace restorewatch::testing_fleet {

/// Time that stands still until a VirtualLoop moves it. Wall and steady time move together.
/// Not thread-safe.
class VirtualClock final : public Clock {
 public:
  explicit VirtualClock(WallTime start) : start_(start) {}

  WallTime wall_now() const override {
    return start_ + std::chrono::floor<std::chrono::milliseconds>(passed_);
  }
  SteadyTime steady_now() const override { return SteadyTime(std::chrono::hours(1) + passed_); }

  void move_to(SteadyTime time) { passed_ += time - steady_now(); }

 private:
  WallTime start_;
  std::chrono::nanoseconds passed_{0};
};

/// A loop for simulated days: no thread and no lock, and time jumps from one timer to the next.
/// Timers that are due at the same time run in the order in which they were set.
class VirtualLoop final : public Loop {
 public:
  explicit VirtualLoop(VirtualClock& clock) : clock_(clock) {}

  void post(std::function<void()> work) override { posted_.push_back(std::move(work)); }

  void at(SteadyTime when, std::function<void()> work) override {
    timers_.push_back({std::max(when, clock_.steady_now()), ++set_, std::move(work)});
    std::ranges::push_heap(timers_, is_later);
  }

  /// Runs posted work, and what it posts, until none is left.
  void run() {
    while (!posted_.empty()) {
      running_.swap(posted_);
      for (auto& work : running_) work();
      running_.clear();
    }
  }

  /// Lets time pass, stopping at each timer on the way.
  void run_for(std::chrono::nanoseconds time) {
    const SteadyTime end = clock_.steady_now() + time;
    run();
    while (!timers_.empty() && timers_.front().when <= end) {
      std::ranges::pop_heap(timers_, is_later);
      const Timer due = std::move(timers_.back());
      timers_.pop_back();
      clock_.move_to(due.when);
      due.work();
      run();
    }
    clock_.move_to(end);
  }

  /// Drops all work, as the end of a process does. Not from within work.
  void forget() {
    posted_.clear();
    timers_.clear();
  }

 private:
  struct Timer {
    SteadyTime when;
    std::uint64_t nth;
    std::function<void()> work;
  };

  static bool is_later(const Timer& a, const Timer& b) {
    return std::pair(a.when, a.nth) > std::pair(b.when, b.nth);
  }

  VirtualClock& clock_;
  std::vector<Timer> timers_;  // a heap: the earliest is in front
  std::uint64_t set_ = 0;
  std::vector<std::function<void()>> posted_;
  std::vector<std::function<void()>> running_;
};

}  // namespace restorewatch::testing_fleet
