#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <utility>

#include "base/loop.h"
#include "fakes/fake_clock.h"

namespace restorewatch {

/// A loop without a thread: the test says when posted work and due timers run. post() may be
/// called from any thread, the rest only from the test's.
class FakeLoop final : public Loop {
 public:
  explicit FakeLoop(ManualClock& clock) : clock_(clock) {}

  void post(std::function<void()> work) override {
    const std::lock_guard lock(mutex_);
    posted_.push_back(std::move(work));
  }

  void at(SteadyTime when, std::function<void()> work) override {
    timers_.emplace(when, std::move(work));
  }

  /// Runs posted work and due timers, and what these add, until nothing is left for now.
  void run() {
    while (const auto work = next()) work();
  }

  /// Lets time pass, stopping at each timer on the way.
  void run_for(std::chrono::nanoseconds time) {
    const SteadyTime end = clock_.steady_now() + time;
    run();
    while (!timers_.empty() && timers_.begin()->first <= end) {
      clock_.advance(timers_.begin()->first - clock_.steady_now());
      run();
    }
    clock_.advance(end - clock_.steady_now());
  }

  /// Drops all work, as the end of a process does.
  void forget() {
    const std::lock_guard lock(mutex_);
    posted_.clear();
    timers_.clear();
  }

  std::size_t timers() const { return timers_.size(); }

 private:
  /// What is to run now; empty when there is nothing.
  std::function<void()> next() {
    if (auto work = next_posted()) return work;
    const auto first = timers_.begin();
    if (first == timers_.end() || first->first > clock_.steady_now()) return nullptr;
    auto work = std::move(first->second);
    timers_.erase(first);
    return work;
  }

  std::function<void()> next_posted() {
    const std::lock_guard lock(mutex_);
    if (posted_.empty()) return nullptr;
    auto work = std::move(posted_.front());
    posted_.pop_front();
    return work;
  }

  ManualClock& clock_;
  std::multimap<SteadyTime, std::function<void()>> timers_;
  std::mutex mutex_;  // guards posted_
  std::deque<std::function<void()>> posted_;
};

}  // namespace restorewatch
