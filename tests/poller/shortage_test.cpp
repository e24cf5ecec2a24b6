// What the schedule does where the budget does not give as much as the targets would take.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>

#include "poller/schedule.h"

namespace restorewatch {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::nanoseconds;
using std::chrono::seconds;

const SteadyTime kStart{hours(1)};

/// Half of Atlas's limit: 250 calls a minute for each project.
RateBudget::Options half() {
  return {0.5, [](std::string_view) { return RateLimit{1200, 500}; }, 1};
}

/// A schedule whose looks take one call for each page or job, and a fifth of a second.
class ShortageTest : public testing::Test {
 protected:
  void add(int targets, seconds interval, Schedule::ActiveJobs active = 0,
           const char* project = "a") {
    const auto bucket = budget_.find({project, "cloud_backups"}, kStart);
    for (int i = 0; i < targets; ++i) {
      place_ = place_ * 6364136223846793005U + 1442695040888963407U;
      schedule_.add(bucket, {interval, seconds(10), hours(1), place_ >> 1U}, active, interval,
                    kStart);
      active_.push_back(active);
      buckets_.push_back(bucket);
      last_.push_back(kStart);
      longest_.emplace_back(0);
      looks_.push_back(0);
    }
  }

  void run_until(SteadyTime end) {
    SteadyTime now = kStart;
    while (now < end) {
      while (!ends_.empty() && ends_.begin()->first <= now) {
        const std::size_t target = ends_.begin()->second;
        ends_.erase(ends_.begin());
        skipped_ += schedule_.finished(target, {.active = active_[target]}, now);
      }
      while (const auto action = schedule_.next(now)) look(*action, now);
      const SteadyTime ended = ends_.empty() ? end : ends_.begin()->first;
      now = std::min({schedule_.wake_at().value_or(end), ended, end});
    }
  }

  void look(const Schedule::Action& action, SteadyTime now) {
    const std::size_t target = action.target;
    const std::size_t calls = action.extent == Extent::Singles ? active_[target] : 1;
    SteadyTime last = now;
    for (std::size_t i = 0; i < calls; ++i) last = *budget_.reserve(buckets_[target], last);
    ends_.emplace(last + milliseconds(200), target);
    if (now > kStart + minutes(10)) {
      longest_[target] = std::max(longest_[target], now - last_[target]);
    }
    last_[target] = now;
    ++looks_[target];
  }

  nanoseconds longest(std::size_t from, std::size_t to) const {
    return *std::max_element(longest_.begin() + static_cast<std::ptrdiff_t>(from),
                             longest_.begin() + static_cast<std::ptrdiff_t>(to));
  }

  std::map<std::size_t, milliseconds> intervals() {
    std::map<std::size_t, milliseconds> shown;
    for (const auto& [target, interval] : schedule_.changed_intervals(kStart)) {
      shown[target] = interval;
    }
    return shown;
  }

  RateBudget budget_{half()};
  Schedule schedule_{{.max_in_flight = 64}, budget_, kStart};
  std::uint64_t place_ = 1;
  std::vector<Schedule::ActiveJobs> active_;
  std::vector<RateBudget::BucketIndex> buckets_;
  std::vector<SteadyTime> last_;
  std::vector<nanoseconds> longest_;
  std::vector<int> looks_;
  std::multimap<SteadyTime, std::size_t> ends_;
  std::uint64_t skipped_ = 0;
};

TEST_F(ShortageTest, WhereThereIsEnoughNobodyWaits) {
  add(100, seconds(60));
  add(100, seconds(300));
  add(8, seconds(60), 1);
  run_until(kStart + hours(2));
  EXPECT_LT(longest(0, 100), seconds(63));
  EXPECT_LT(longest(100, 200), seconds(303));
  EXPECT_LT(longest(200, 208), seconds(12));
  EXPECT_EQ(skipped_, 0U);
  for (const auto& [target, interval] : intervals()) {
    EXPECT_EQ(interval, target < 100 ? seconds(60) : target < 200 ? seconds(300) : seconds(10));
  }
}

TEST_F(ShortageTest, TooManyTargetsAreLookedAtAsOftenAsIsSaid) {
  add(1000, seconds(60));  // 1000 calls a minute where there are 250
  run_until(kStart + hours(4));
  const auto shown = intervals();
  for (std::size_t target = 0; target < 1000; ++target) {
    EXPECT_EQ(shown.at(target), seconds(240));
    EXPECT_GE(looks_[target], 4 * 3600 / 300 - 1) << target;
  }
  EXPECT_LE(longest(0, 1000), minutes(6));  // nobody starves
  EXPECT_GT(skipped_, 0U);
}

TEST_F(ShortageTest, WhoComesLaterChangesWhatIsShownOfAll) {
  add(200, seconds(60));
  EXPECT_EQ(intervals().at(0), seconds(60));
  EXPECT_TRUE(intervals().empty());
  add(300, seconds(60));
  EXPECT_EQ(intervals().at(0), seconds(120));
}

TEST_F(ShortageTest, ActiveTargetsComeFirstAndIdleOnesDoNotStarve) {
  add(1000, seconds(60));
  add(20, seconds(60), 1);  // 120 calls a minute
  run_until(kStart + hours(4));
  EXPECT_LE(longest(1000, 1020), seconds(13));
  EXPECT_LE(longest(0, 1000), minutes(13));  // 130 calls a minute are left for them
  const auto shown = intervals();
  EXPECT_EQ(shown.at(1000), seconds(10));
  EXPECT_EQ(shown.at(0), seconds(462));
}

TEST_F(ShortageTest, MoreActiveTargetsThanThereAreCallsLeaveAQuarterToTheOthers) {
  add(100, seconds(60));
  add(100, seconds(60), 1);  // 600 calls a minute
  run_until(kStart + hours(2));
  EXPECT_LE(longest(0, 100), minutes(4));
  EXPECT_LE(longest(100, 200), seconds(61));
  const auto shown = intervals();
  EXPECT_EQ(shown.at(0), seconds(96));
  EXPECT_EQ(shown.at(100), seconds(32));
}

TEST_F(ShortageTest, WhoHasALongIntervalKeepsItForAsLongAsTheOthersMissTurns) {
  add(400, seconds(60));
  add(400, seconds(300));  // 480 calls a minute where there are 250
  run_until(kStart + hours(4));
  const auto shown = intervals();
  EXPECT_EQ(shown.at(0), seconds(142));
  EXPECT_EQ(shown.at(400), seconds(300));
  const auto looks = [&](std::size_t from, std::size_t to) {
    int all = 0;
    for (std::size_t i = from; i < to; ++i) all += looks_[i];
    return all / static_cast<int>(to - from);
  };
  EXPECT_NEAR(looks(0, 400), 4 * 3600 / 142.0, 5);
  EXPECT_NEAR(looks(400, 800), 4 * 3600 / 300.0, 2);
}

TEST_F(ShortageTest, OneProjectsShortageIsNoOtherOnes) {
  add(1000, seconds(60), 0, "a");
  add(100, seconds(60), 0, "b");
  run_until(kStart + hours(2));
  EXPECT_LT(longest(1000, 1100), seconds(63));
}

TEST_F(ShortageTest, AProjectThatIsLeftAloneHoldsUpNoOtherOne) {
  add(100, seconds(60), 0, "a");
  add(100, seconds(60), 0, "b");
  budget_.answered(0, kStart, kStart, {.throttled = true, .retry_after = hours(1)});
  run_until(kStart + minutes(59));
  EXPECT_LT(longest(100, 200), seconds(63));
  for (int target = 0; target < 100; ++target) EXPECT_EQ(looks_[static_cast<size_t>(target)], 0);
}

}  // namespace
}  // namespace restorewatch
