#include "poller/schedule.h"

#include <gtest/gtest.h>

#include <set>

namespace restorewatch {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const SteadyTime kStart{std::chrono::hours(1)};

/// A schedule whose targets all have one interval.
class EqualTurns : public Schedule {
 public:
  EqualTurns(seconds interval, Options options) : Schedule(options, kStart), interval_(interval) {}
  TargetIndex add(GroupIndex group, std::uint64_t place) {
    return Schedule::add(group, {interval_, interval_, place}, kStart);
  }

 private:
  seconds interval_;
};

EqualTurns every(seconds interval, std::size_t max_in_flight = 100) {
  return {interval, {.max_in_flight = max_in_flight}};
}

/// Everything whose turn has come, each look ending at once.
std::vector<Schedule::TargetIndex> looks_at(Schedule& schedule, SteadyTime now) {
  std::vector<Schedule::TargetIndex> looks;
  while (const auto target = schedule.next(now)) {
    looks.push_back(*target);
    schedule.finished(*target, now);
  }
  return looks;
}

TEST(ScheduleTest, SpreadsTargetsOverTheInterval) {
  EqualTurns schedule(every(seconds(60)));
  for (std::uint64_t i = 0; i < 60; ++i) schedule.add(0, i * 1'000'000'000U);
  for (int second = 0; second < 60; ++second) {
    EXPECT_EQ(looks_at(schedule, kStart + seconds(second)).size(), 1U) << second;
  }
}

TEST(ScheduleTest, GivesEachTargetOneTurnAnInterval) {
  EqualTurns schedule(every(seconds(60)));
  schedule.add(0, 7'000'000'000U);
  int looks = 0;
  for (int second = 0; second < 3600; ++second) {
    looks += static_cast<int>(looks_at(schedule, kStart + seconds(second)).size());
  }
  EXPECT_EQ(looks, 60);
}

TEST(ScheduleTest, APlaceIsTakenModuloTheInterval) {
  EqualTurns schedule(every(seconds(60)));
  schedule.add(0, 67'000'000'000U);
  EXPECT_EQ(schedule.wake_at(), kStart + seconds(7));
}

TEST(ScheduleTest, WithoutSpreadEverythingComesAtOnce) {
  EqualTurns schedule(seconds(60), {.max_in_flight = 100, .spread = false});
  schedule.add(0, 59'000'000'000U);
  schedule.add(0, 1U);
  EXPECT_EQ(looks_at(schedule, kStart).size(), 2U);
}

TEST(ScheduleTest, ATargetInFlightHasNoOtherTurn) {
  EqualTurns schedule(every(seconds(10)));
  schedule.add(0, 0);
  ASSERT_TRUE(schedule.next(kStart).has_value());
  EXPECT_FALSE(schedule.next(kStart + seconds(30)).has_value());
  EXPECT_FALSE(schedule.wake_at().has_value());
}

TEST(ScheduleTest, TurnsThatPassDuringALookAreSkippedAndCounted) {
  EqualTurns schedule(every(seconds(10)));
  schedule.add(0, 0);
  ASSERT_TRUE(schedule.next(kStart).has_value());
  EXPECT_EQ(schedule.finished(0, kStart + seconds(35)), 3U);  // at 10, 20 and 30
  EXPECT_EQ(schedule.wake_at(), kStart + seconds(40));
}

TEST(ScheduleTest, ALookThatEndsInTimeSkipsNothing) {
  EqualTurns schedule(every(seconds(10)));
  schedule.add(0, 0);
  ASSERT_TRUE(schedule.next(kStart).has_value());
  EXPECT_EQ(schedule.finished(0, kStart + seconds(9)), 0U);
  EXPECT_EQ(schedule.wake_at(), kStart + seconds(10));
}

TEST(ScheduleTest, BoundsTheLooksInFlight) {
  EqualTurns schedule(seconds(60), {.max_in_flight = 2, .spread = false});
  for (int i = 0; i < 3; ++i) schedule.add(0, 0);
  EXPECT_TRUE(schedule.next(kStart).has_value());
  EXPECT_TRUE(schedule.next(kStart).has_value());
  EXPECT_FALSE(schedule.next(kStart).has_value());
  EXPECT_FALSE(schedule.wake_at().has_value());
  schedule.finished(0, kStart);
  EXPECT_EQ(schedule.next(kStart), 2U);
}

TEST(ScheduleTest, AHeldGroupWaitsAndOthersGoOn) {
  EqualTurns schedule(every(seconds(60)));
  schedule.add(0, 1'000'000'000U);
  schedule.add(1, 2'000'000'000U);
  schedule.hold(0, kStart + seconds(90));
  EXPECT_EQ(looks_at(schedule, kStart + seconds(30)), std::vector<std::size_t>{1});
  EXPECT_TRUE(looks_at(schedule, kStart + seconds(61)).empty());
}

TEST(ScheduleTest, AGroupComesBackSpreadAndNeverBeforeItMay) {
  EqualTurns schedule(every(seconds(60)));
  for (std::uint64_t i = 0; i < 60; ++i) schedule.add(0, i * 1'000'000'000U);
  schedule.hold(0, kStart + seconds(90));
  for (int second = 0; second < 90; ++second) {
    EXPECT_TRUE(looks_at(schedule, kStart + seconds(second)).empty()) << second;
  }
  for (int second = 90; second < 150; ++second) {
    EXPECT_EQ(looks_at(schedule, kStart + seconds(second)).size(), 1U) << second;
  }
}

TEST(ScheduleTest, AHoldIsNeverShortened) {
  EqualTurns schedule(every(seconds(60)));
  schedule.add(0, 0);
  schedule.hold(0, kStart + seconds(100));
  schedule.hold(0, kStart + seconds(10));
  EXPECT_TRUE(looks_at(schedule, kStart + seconds(60)).empty());
}

TEST(ScheduleTest, EachTargetHasAnIntervalOfItsOwn) {
  Schedule schedule({}, kStart);
  schedule.add(0, {seconds(60), seconds(60), 1'000'000'000U}, kStart);
  schedule.add(0, {seconds(300), seconds(300), 2'000'000'000U}, kStart);
  std::vector<int> looks(2);
  for (int second = 0; second < 3600; ++second) {
    for (const auto target : looks_at(schedule, kStart + seconds(second))) ++looks[target];
  }
  EXPECT_EQ(looks, (std::vector<int>{60, 12}));
}

TEST(ScheduleTest, OneThatComesLaterHasItsOwnPlaceAllTheSame) {
  Schedule schedule({}, kStart);
  schedule.add(0, {seconds(60), seconds(60), 7'000'000'000U}, kStart + seconds(600));
  EXPECT_EQ(schedule.wake_at(), kStart + seconds(607));
  Schedule at_once({.max_in_flight = 1, .spread = false}, kStart);
  at_once.add(0, {seconds(60), seconds(60), 7'000'000'000U}, kStart + seconds(613));
  EXPECT_EQ(at_once.wake_at(), kStart + seconds(613));
}

TEST(ScheduleTest, ALongIntervalDoesNotDelayTheFirstTurn) {
  Schedule schedule({}, kStart);
  schedule.add(0, {seconds(300), seconds(60), 130'000'000'000U}, kStart);
  EXPECT_EQ(schedule.wake_at(), kStart + seconds(10));
  ASSERT_TRUE(schedule.next(kStart + seconds(10)).has_value());
  EXPECT_EQ(schedule.finished(0, kStart + seconds(11)), 0U);
  EXPECT_EQ(schedule.wake_at(), kStart + seconds(130));
}

TEST(ScheduleTest, ASuspendedTargetHasNoTurns) {
  Schedule schedule({}, kStart);
  const auto target = schedule.add(0, {seconds(60), seconds(60), 1'000'000'000U}, kStart);
  schedule.suspend(target);
  EXPECT_FALSE(schedule.wake_at().has_value());
  schedule.resume(target, kStart + seconds(90));
  EXPECT_EQ(schedule.wake_at(), kStart + seconds(121));
}

TEST(ScheduleTest, ALookInFlightOutlivesASuspension) {
  Schedule schedule({.max_in_flight = 1}, kStart);
  const auto target = schedule.add(0, {seconds(60), seconds(60), 0}, kStart);
  ASSERT_EQ(schedule.next(kStart), target);
  schedule.suspend(target);
  schedule.resume(target, kStart + seconds(5));
  EXPECT_FALSE(schedule.wake_at().has_value());  // still in flight: not twice at a time
  schedule.finished(target, kStart + seconds(10));
  EXPECT_EQ(schedule.wake_at(), kStart + seconds(60));
  ASSERT_EQ(schedule.next(kStart + seconds(60)), target);
  schedule.suspend(target);
  EXPECT_EQ(schedule.finished(target, kStart + seconds(200)), 0U);
  EXPECT_FALSE(schedule.wake_at().has_value());
  EXPECT_EQ(schedule.in_flight(), 0U);
}

TEST(ScheduleTest, ASimulatedDayKeepsEveryTurnOfEveryTarget) {
  constexpr int kTargets = 200;
  EqualTurns schedule(every(seconds(60), 8));
  std::uint64_t place = 1;
  for (int i = 0; i < kTargets; ++i) schedule.add(0, place *= 6364136223846793005U);
  std::vector<int> looks(kTargets);
  const SteadyTime end = kStart + std::chrono::hours(24);
  for (auto now = schedule.wake_at(); now && *now < end; now = schedule.wake_at()) {
    while (const auto target = schedule.next(*now)) {
      ++looks[*target];
      EXPECT_EQ(schedule.finished(*target, *now + milliseconds(200)), 0U);
    }
  }
  EXPECT_EQ(std::set<int>(looks.begin(), looks.end()), std::set<int>{24 * 60});
}

}  // namespace
}  // namespace restorewatch
