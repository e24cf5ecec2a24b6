#include "poller/rate_budget.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <vector>

namespace restorewatch {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

const SteadyTime kStart{hours(1)};
const CallBucket kBackups{"5b69d0349b15c62cdfc38b78", "cloud_backups"};
const CallBucket kOther{"5b69d0349b15c62cdfc38b79", "cloud_backups"};

RateBudget::Options half_of(RateLimit limit) {
  return {0.5, [limit](std::string_view) { return limit; }, 1};
}

/// Calls as fast as the budget gives them, and how many came in any minute.
class Caller {
 public:
  explicit Caller(RateBudget& budget) : budget_(budget), bucket_(budget.find(kBackups, kStart)) {}

  /// Makes every call that can be made until `end`.
  void call_until(SteadyTime end) {
    while (const auto at = budget_.reserve(bucket_, now_)) {
      if (*at >= end) break;
      now_ = *at;
      note(now_);
    }
    now_ = end;
  }

  void wait_until(SteadyTime time) { now_ = time; }
  /// Another process: the same calls stay made.
  void go_on_with(RateBudget& budget) {
    Caller next(budget, now_);
    next.last_minute_ = last_minute_;
    next.most_ = most_;
    next.made_ = made_;
    next.call_until(now_ + minutes(3));
    most_ = next.most_;
  }

  std::size_t most_in_a_minute() const { return most_; }
  std::size_t made() const { return made_; }

 private:
  Caller(RateBudget& budget, SteadyTime now)
      : budget_(budget), bucket_(budget.find(kBackups, now)), now_(now) {}

  void note(SteadyTime call) {
    ++made_;
    last_minute_.push_back(call);
    while (last_minute_.front() <= call - minutes(1)) last_minute_.pop_front();
    most_ = std::max(most_, last_minute_.size());
  }

  RateBudget& budget_;
  RateBudget::BucketIndex bucket_;
  SteadyTime now_ = kStart;
  std::deque<SteadyTime> last_minute_;
  std::size_t most_ = 0;
  std::size_t made_ = 0;
};

TEST(RateBudgetTest, NoMinuteHasMoreCallsThanTheShareAndOneInAHundred) {
  RateBudget budget(half_of({1200, 500}));
  Caller caller(budget);
  caller.call_until(kStart + hours(1));
  EXPECT_LE(caller.most_in_a_minute(), 252U);
  EXPECT_GE(caller.made(), 250U * 60 - 1);  // and nothing of the share is wasted
}

TEST(RateBudgetTest, CallsNotMadeAreNotMadeUpFor) {
  RateBudget budget(half_of({1200, 500}));
  Caller caller(budget);
  caller.call_until(kStart + minutes(5));
  caller.wait_until(kStart + hours(1));
  caller.call_until(kStart + hours(1) + minutes(5));
  EXPECT_LE(caller.most_in_a_minute(), 252U);
}

TEST(RateBudgetTest, ARestartMakesNoBurst) {
  for (int i = 0; i < 60; i += 7) {
    RateBudget first(half_of({1200, 500}));
    RateBudget second(half_of({1200, 500}));
    Caller caller(first);
    caller.call_until(kStart + minutes(3) + seconds(i));
    caller.go_on_with(second);
    EXPECT_LE(caller.most_in_a_minute(), 252U) << i;
  }
}

TEST(RateBudgetTest, ASmallShareIsKeptToTheCall) {
  RateBudget budget(half_of({300, 100}));
  Caller caller(budget);
  caller.call_until(kStart + hours(1));
  EXPECT_EQ(caller.most_in_a_minute(), 50U);
}

TEST(RateBudgetTest, EachBucketHasItsOwnPace) {
  RateBudget budget(half_of({1200, 500}));
  const auto one = budget.find(kBackups, kStart);
  const auto other = budget.find(kOther, kStart);
  ASSERT_NE(one, other);
  EXPECT_EQ(budget.find(kBackups, kStart), one);
  const SteadyTime now = kStart + minutes(1);
  for (int i = 0; i < 100; ++i) budget.reserve(one, now);
  EXPECT_GT(budget.ready_at(one, now), now + seconds(20));
  EXPECT_EQ(budget.ready_at(other, now), now);
}

TEST(RateBudgetTest, ACapacityThatAtlasTellsScalesTheLimit) {
  RateBudget budget(half_of({1200, 500}));
  const auto bucket = budget.find(kBackups, kStart);
  budget.answered(bucket, kStart, kStart, {.capacity = 2400});
  EXPECT_DOUBLE_EQ(budget.calls_a_minute(bucket), 500);
  budget.answered(bucket, kStart, kStart, {.capacity = 120});
  EXPECT_DOUBLE_EQ(budget.calls_a_minute(bucket), 25);
  budget.answered(bucket, kStart, kStart, {.capacity = 120});
  EXPECT_DOUBLE_EQ(budget.calls_a_minute(bucket), 25);
}

TEST(RateBudgetTest, ALimitToldInFullIsBelievedAndKept) {
  RateBudget budget(half_of({1200, 500}));
  const auto bucket = budget.find(kBackups, kStart);
  budget.answered(bucket, kStart, kStart, {.limit = RateLimit{1200, 60}});
  budget.answered(bucket, kStart, kStart, {.capacity = 1200});
  EXPECT_DOUBLE_EQ(budget.calls_a_minute(bucket), 30);
}

TEST(RateBudgetTest, ALimitThatCannotBeIsPassedOver) {
  RateBudget budget(half_of({1200, 500}));
  const auto bucket = budget.find(kBackups, kStart);
  budget.answered(bucket, kStart, kStart, {.capacity = 0});
  budget.answered(bucket, kStart, kStart, {.capacity = -5});
  budget.answered(bucket, kStart, kStart, {.limit = RateLimit{0, 0}});
  budget.answered(bucket, kStart, kStart, {.limit = RateLimit{1e300, 1e300}});
  EXPECT_DOUBLE_EQ(budget.calls_a_minute(bucket), 250);
}

TEST(RateBudgetTest, PlacesThatCallsHaveTakenStayTakenWhateverLimitIsTold) {
  RateBudget budget(half_of({1200, 500}));
  const auto bucket = budget.find(kBackups, kStart);
  std::vector<SteadyTime> calls;
  for (SteadyTime now = kStart; now < kStart + minutes(10); now += milliseconds(100)) {
    calls.push_back(*budget.reserve(bucket, now));
    budget.answered(bucket, now, now, {.capacity = calls.size() % 2 == 0 ? 1200 : 1199});
    budget.set_share(calls.size() % 3 == 0 ? 0.5 : 0.4999);
  }
  for (std::size_t i = 253; i < calls.size(); ++i) {
    EXPECT_GE(calls[i] - calls[i - 253], minutes(1)) << i;
  }
}

TEST(RateBudgetTest, LimitsAreNotScaledFromScaledOnes) {
  RateBudget budget(half_of({1200, 500}));
  const auto bucket = budget.find(kBackups, kStart);
  budget.answered(bucket, kStart, kStart, {.limit = RateLimit{1, 60'000'000}});
  budget.answered(bucket, kStart, kStart, {.capacity = 999'999'999});
  for (const double capacity : {2.0, 900'000.0, 0.001, 1200.0}) {
    budget.answered(bucket, kStart, kStart, {.capacity = capacity});
  }
  EXPECT_DOUBLE_EQ(budget.calls_a_minute(bucket), 250);
}

TEST(RateBudgetTest, ATinyLimitDoesNotStopUsForGood) {
  for (const RateLimit& tiny : {RateLimit{1, 1}, {1'000'000, 0.0007}, {0.5, 0.5}, {1200, 0.0007}}) {
    RateBudget budget(half_of({1200, 500}));
    const auto bucket = budget.find(kBackups, kStart);
    budget.answered(bucket, kStart, kStart,
                    {.capacity = tiny.capacity, .remaining = 0, .limit = tiny});
    int calls = 0;
    for (int second = 0; second < 3600; ++second) {
      const SteadyTime now = kStart + seconds(second);
      if (budget.ready_at(bucket, now) > now) continue;
      ++calls;
      budget.reserve(bucket, now);
      budget.answered(bucket, now, now, {.capacity = tiny.capacity, .remaining = 0});
    }
    EXPECT_GE(calls, 3) << tiny.capacity << " " << tiny.refill_a_minute;
  }
}

TEST(RateBudgetTest, ABucketThatOthersHaveDrainedIsLeftToFillUp) {
  RateBudget budget(half_of({1200, 500}));
  const auto bucket = budget.find(kBackups, kStart);
  const SteadyTime now = kStart + minutes(1);
  budget.answered(bucket, kStart, now, {.capacity = 1200, .remaining = 3});
  const SteadyTime ready = budget.ready_at(bucket, now);
  EXPECT_GT(ready, now + seconds(1));  // ten more tokens at 500 a minute
  EXPECT_LT(ready, now + seconds(2));
  EXPECT_EQ(budget.reserve(bucket, now), ready);
}

TEST(RateBudgetTest, A429HoldsTheBucketAloneAndRetryAfterIsNeverUndercut) {
  RateBudget budget(half_of({1200, 500}));
  const auto bucket = budget.find(kBackups, kStart);
  const auto other = budget.find(kOther, kStart);
  const SteadyTime now = kStart + minutes(1);
  const auto hold =
      budget.answered(bucket, now, now, {.throttled = true, .retry_after = seconds(30)});
  ASSERT_TRUE(hold.has_value());
  EXPECT_TRUE(hold->asked_for);
  EXPECT_GE(hold->until, now + seconds(30));
  EXPECT_LT(hold->until, now + seconds(40));
  EXPECT_EQ(budget.held_until(bucket, now), hold->until);
  EXPECT_EQ(budget.reserve(bucket, hold->until - milliseconds(1)), std::nullopt);
  EXPECT_EQ(budget.ready_at(bucket, now), hold->until);
  EXPECT_TRUE(budget.reserve(bucket, hold->until).has_value());
  EXPECT_EQ(budget.held_until(other, now), std::nullopt);
}

TEST(RateBudgetTest, WithoutAWordTheWaitDoubles) {
  RateBudget budget(half_of({1200, 500}));
  const auto bucket = budget.find(kBackups, kStart);
  SteadyTime now = kStart;
  for (const seconds least : {seconds(10), seconds(20), seconds(40)}) {
    const auto hold = budget.answered(bucket, now, now, {.throttled = true});
    ASSERT_TRUE(hold.has_value());
    EXPECT_FALSE(hold->asked_for);
    EXPECT_GE(hold->until - now, least);
    EXPECT_LT(hold->until - now, 2 * least);
    now = hold->until + seconds(1);
  }
}

TEST(RateBudgetTest, ReplicasDoNotComeBackTogether) {
  const auto until = [](std::uint64_t seed) {
    RateBudget::Options options = half_of({1200, 500});
    options.seed = seed;
    RateBudget budget(std::move(options));
    const auto bucket = budget.find(kBackups, kStart);
    return budget.answered(bucket, kStart, kStart, {.throttled = true})->until;
  };
  EXPECT_NE(until(1), until(2));
}

TEST(RateBudgetTest, AnotherShareCountsAtOnce) {
  RateBudget budget(half_of({1200, 500}));
  const auto bucket = budget.find(kBackups, kStart);
  budget.set_share(0.1);
  EXPECT_DOUBLE_EQ(budget.calls_a_minute(bucket), 50);
}

}  // namespace
}  // namespace restorewatch
