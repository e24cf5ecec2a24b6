#pragma once

#include <atomic>
#include <future>

#include "base/clock.h"

namespace restorewatch {

/// Says when the store asks for the wall time, which it does after each transaction.
class TellingClock final : public Clock {
 public:
  WallTime wall_now() const override {
    if (!told_.exchange(true)) asked_.set_value();
    return system_.wall_now();
  }
  SteadyTime steady_now() const override { return system_.steady_now(); }
  std::future<void> asked() const { return asked_.get_future(); }

 private:
  SystemClock system_;
  mutable std::atomic<bool> told_{false};
  mutable std::promise<void> asked_;
};

}  // namespace restorewatch
