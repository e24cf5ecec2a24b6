#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/time.h"
#include "bench/fleet_world.h"

namespace restorewatch::testing_fleet {

/// How long targets were not asked for. Not thread-safe.
class LookGaps {
 public:
  struct Totals {
    std::uint64_t questions = 0;
    std::chrono::milliseconds longest{0};         // of any target
    std::chrono::milliseconds longest_active{0};  // of those where something was known to go on
    double mean_idle_s = 0;                       // of the others
  };

  explicit LookGaps(std::size_t targets) : last_(targets) {}

  void asked(TargetNumber target, WallTime now, bool active) {
    ++totals_.questions;
    const Question before = std::exchange(last_[target], {now, active});
    if (before.at == WallTime{} || before.at == now) return;
    const auto gap = now - before.at;
    totals_.longest = std::max(totals_.longest, gap);
    if (before.active && active) totals_.longest_active = std::max(totals_.longest_active, gap);
    if (before.active || active) return;
    sum_of_idle_s_ += std::chrono::duration<double>(gap).count();
    ++idle_;
  }

  /// Since the last call.
  Totals take() {
    if (idle_ > 0) totals_.mean_idle_s = sum_of_idle_s_ / static_cast<double>(idle_);
    sum_of_idle_s_ = 0;
    idle_ = 0;
    return std::exchange(totals_, {});
  }

  /// Targets that nobody has asked for since then.
  std::size_t not_asked_since(WallTime time) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(last_, [&](const Question& last) { return last.at < time; }));
  }

 private:
  struct Question {
    WallTime at{};
    bool active = false;
  };

  std::vector<Question> last_;
  Totals totals_;
  double sum_of_idle_s_ = 0;
  std::uint64_t idle_ = 0;
};

}  // namespace restorewatch::testing_fleet
