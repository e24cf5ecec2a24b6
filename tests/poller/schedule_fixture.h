#pragma once

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "fakes/no_limits.h"
#include "poller/schedule.h"

namespace restorewatch {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

inline const SteadyTime kStart{hours(1)};

/// A place `second` seconds into an interval.
constexpr std::uint64_t at(std::uint64_t second) {
  return second * 1'000'000'000U;
}

/// A schedule on a budget without limits, with the usual intervals.
class ScheduleTest : public testing::Test {
 protected:
  ScheduleTest() { use({.max_in_flight = 100}); }

  void use(Schedule::Options options) { schedule_.emplace(options, budget_, kStart); }

  std::size_t add(std::uint64_t place, seconds interval = seconds(60),
                  Schedule::ActiveJobs active = 0) {
    return schedule_->add(0, turns(interval, place), active, interval, kStart);
  }

  static Schedule::Turns turns(seconds interval, std::uint64_t place) {
    return {interval, seconds(10), hours(1), place};
  }

  /// Everything whose turn has come, each look ending at once.
  std::vector<Schedule::Action> looks_at(SteadyTime now, Schedule::Outcome outcome = {}) {
    std::vector<Schedule::Action> looks;
    while (const auto action = schedule_->next(now)) {
      looks.push_back(*action);
      schedule_->finished(action->target, outcome, now);
    }
    return looks;
  }

  /// How often each target is looked at in so many seconds.
  std::map<std::size_t, int> looks_in(int seconds_passing, Schedule::Outcome outcome = {}) {
    std::map<std::size_t, int> looks;
    for (int second = 0; second < seconds_passing; ++second) {
      for (const auto& look : looks_at(kStart + seconds(second), outcome)) ++looks[look.target];
    }
    return looks;
  }

  RateBudget budget_{no_limits()};
  RateBudget::BucketIndex bucket_ = budget_.find({"project", "cloud_backups"}, kStart - minutes(1));
  std::optional<Schedule> schedule_;
};

}  // namespace restorewatch
