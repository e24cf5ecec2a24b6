#include <functional>

#include "poller/schedule_fixture.h"

namespace restorewatch {
namespace {

/// A schedule with one target, which has its turns 41 seconds into each interval.
class ScheduleChangeTest : public ScheduleTest {
 protected:
  ScheduleChangeTest() { add(at(41)); }

  void change(seconds interval, SteadyTime now) {
    schedule_->change(0, turns(interval, at(41)), now);
  }

  /// When it is looked at, each look ending at once, while something happens every second.
  std::vector<int> looks_of(int seconds_long, const std::function<void(SteadyTime)>& every_second) {
    std::vector<int> times;
    for (int second = 0; second < seconds_long; ++second) {
      const SteadyTime now = kStart + seconds(second);
      every_second(now);
      if (!looks_at(now).empty()) times.push_back(second);
    }
    return times;
  }
};

int longest_gap(const std::vector<int>& times) {
  int longest = 0;
  for (std::size_t i = 1; i < times.size(); ++i) {
    longest = std::max(longest, times[i] - times[i - 1]);
  }
  return longest;
}

TEST_F(ScheduleChangeTest, TheSameIntervalMovesNothing) {
  const auto times = looks_of(200, [&](SteadyTime now) { change(seconds(60), now); });
  EXPECT_EQ(times, (std::vector<int>{41, 101, 161}));
}

TEST_F(ScheduleChangeTest, AnotherIntervalHasTheTurnsThatItWouldHaveHadFromTheStart) {
  const auto times = looks_of(150, [&](SteadyTime now) {
    if (now == kStart + seconds(50)) change(seconds(30), now);
  });
  EXPECT_EQ(times, (std::vector<int>{41, 71, 101, 131}));
}

TEST_F(ScheduleChangeTest, IntervalsThatChangeAgainAndAgainStarveNobody) {
  const auto times = looks_of(3600, [&](SteadyTime now) {
    const auto second = (now - kStart) / seconds(1);
    if (second % 3 == 0) change(seconds(second % 2 == 0 ? 60 : 50), now);
  });
  EXPECT_LE(longest_gap(times), 60);
  EXPECT_LE(times.size(), 3600U / 25);
}

TEST_F(ScheduleChangeTest, ALookUnderWaySkipsNoTurnOfTheNewInterval) {
  const SteadyTime began = kStart + seconds(41);
  ASSERT_TRUE(schedule_->next(began));
  change(seconds(7), began + seconds(1));
  EXPECT_EQ(schedule_->finished(0, {}, began + seconds(2)), 0U);
  EXPECT_LE(*schedule_->wake_at(), began + seconds(9));
}

TEST_F(ScheduleChangeTest, WhoRestsGoesOnResting) {
  schedule_->suspend(0, kStart);
  change(seconds(10), kStart);
  EXPECT_FALSE(schedule_->wake_at());
  schedule_->resume(0, kStart);
  EXPECT_EQ(schedule_->wake_at(), kStart + seconds(1));
}

TEST_F(ScheduleChangeTest, AShorterSweepIntervalCountsAtOnce) {
  looks_of(42, [](SteadyTime) {});
  Schedule::Turns often = turns(seconds(60), at(41));
  often.sweep_interval = minutes(1);
  schedule_->change(0, often, kStart + seconds(42));
  EXPECT_EQ(looks_at(kStart + seconds(101)).at(0).extent, Extent::Whole);
}

}  // namespace
}  // namespace restorewatch
