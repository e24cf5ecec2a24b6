#include "poller/schedule_fixture.h"

namespace restorewatch {
namespace {

TEST_F(ScheduleTest, SpreadsTargetsOverTheInterval) {
  for (std::uint64_t i = 0; i < 60; ++i) add(at(i));
  for (int second = 0; second < 60; ++second) {
    EXPECT_EQ(looks_at(kStart + seconds(second)).size(), 1U) << second;
  }
}

TEST_F(ScheduleTest, GivesEachTargetOneTurnAnInterval) {
  add(at(7));
  EXPECT_EQ(looks_in(3600)[0], 60);
}

TEST_F(ScheduleTest, APlaceIsTakenModuloTheInterval) {
  add(at(67));
  EXPECT_EQ(schedule_->wake_at(), kStart + seconds(7));
}

TEST_F(ScheduleTest, WithoutSpreadEverythingComesAtOnce) {
  use({.max_in_flight = 100, .spread = false});
  add(at(59));
  add(1U);
  EXPECT_EQ(looks_at(kStart).size(), 2U);
}

TEST_F(ScheduleTest, ATargetInFlightHasNoOtherTurn) {
  add(0, seconds(10));
  ASSERT_TRUE(schedule_->next(kStart).has_value());
  EXPECT_FALSE(schedule_->next(kStart + seconds(30)).has_value());
  EXPECT_FALSE(schedule_->wake_at().has_value());
}

TEST_F(ScheduleTest, TurnsThatPassDuringALookAreSkippedAndCounted) {
  add(0, seconds(10));
  ASSERT_TRUE(schedule_->next(kStart).has_value());
  EXPECT_EQ(schedule_->finished(0, {}, kStart + seconds(35)), 3U);  // at 10, 20 and 30
  EXPECT_EQ(schedule_->wake_at(), kStart + seconds(40));
}

TEST_F(ScheduleTest, ALookThatEndsInTimeSkipsNothing) {
  add(0, seconds(10));
  ASSERT_TRUE(schedule_->next(kStart).has_value());
  EXPECT_EQ(schedule_->finished(0, {}, kStart + seconds(9)), 0U);
  EXPECT_EQ(schedule_->wake_at(), kStart + seconds(10));
}

TEST_F(ScheduleTest, BoundsTheLooksInFlight) {
  use({.max_in_flight = 2, .spread = false});
  for (int i = 0; i < 3; ++i) add(0);
  EXPECT_TRUE(schedule_->next(kStart).has_value());
  EXPECT_TRUE(schedule_->next(kStart).has_value());
  EXPECT_FALSE(schedule_->next(kStart).has_value());
  EXPECT_FALSE(schedule_->wake_at().has_value());
  schedule_->finished(0, {}, kStart);
  EXPECT_EQ(schedule_->next(kStart)->target, 2U);
}

TEST_F(ScheduleTest, EachTargetHasAnIntervalOfItsOwn) {
  add(at(1), seconds(60));
  add(at(2), seconds(300));
  const auto looks = looks_in(3600);
  EXPECT_EQ(looks, (std::map<std::size_t, int>{{0, 60}, {1, 12}}));
}

TEST_F(ScheduleTest, OneThatComesLaterHasItsOwnPlaceAllTheSame) {
  schedule_->add(0, turns(seconds(60), at(7)), 0, seconds(60), kStart + seconds(600));
  EXPECT_EQ(schedule_->wake_at(), kStart + seconds(607));
  use({.max_in_flight = 1, .spread = false});
  schedule_->add(0, turns(seconds(60), at(7)), 0, seconds(60), kStart + seconds(613));
  EXPECT_EQ(schedule_->wake_at(), kStart + seconds(613));
}

TEST_F(ScheduleTest, ALongIntervalDoesNotDelayTheFirstTurn) {
  schedule_->add(0, turns(seconds(300), at(130)), 0, seconds(60), kStart);
  EXPECT_EQ(schedule_->wake_at(), kStart + seconds(10));
  ASSERT_TRUE(schedule_->next(kStart + seconds(10)).has_value());
  EXPECT_EQ(schedule_->finished(0, {}, kStart + seconds(11)), 0U);
  EXPECT_EQ(schedule_->wake_at(), kStart + seconds(130));
}

TEST_F(ScheduleTest, ASuspendedTargetHasNoTurns) {
  const auto target = add(at(1));
  schedule_->suspend(target, kStart);
  EXPECT_FALSE(schedule_->wake_at().has_value());
  schedule_->resume(target, kStart + seconds(90));
  EXPECT_EQ(schedule_->wake_at(), kStart + seconds(121));
}

TEST_F(ScheduleTest, ALookInFlightOutlivesASuspension) {
  use({.max_in_flight = 1});
  const auto target = add(0);
  ASSERT_EQ(schedule_->next(kStart)->target, target);
  schedule_->suspend(target, kStart);
  schedule_->resume(target, kStart + seconds(5));
  EXPECT_FALSE(schedule_->wake_at().has_value());  // still in flight: not twice at a time
  schedule_->finished(target, {}, kStart + seconds(10));
  EXPECT_EQ(schedule_->wake_at(), kStart + seconds(60));
  ASSERT_EQ(schedule_->next(kStart + seconds(60))->target, target);
  schedule_->suspend(target, kStart + seconds(61));
  EXPECT_EQ(schedule_->finished(target, {}, kStart + seconds(200)), 0U);
  EXPECT_FALSE(schedule_->wake_at().has_value());
  EXPECT_EQ(schedule_->in_flight(), 0U);
}

TEST_F(ScheduleTest, ARemovedTargetHasNoTurnsAndTakesNoShare) {
  const auto target = add(at(1));
  schedule_->remove(target, kStart);
  EXPECT_FALSE(schedule_->wake_at().has_value());
  EXPECT_TRUE(schedule_->changed_intervals(kStart).empty());
}

TEST_F(ScheduleTest, WhileAJobIsGoingOnTurnsAreCloserTogether) {
  add(at(7));
  EXPECT_EQ(looks_in(7 + 600, {.active = 1})[0], 1 + 59);
}

TEST_F(ScheduleTest, ATargetKnownToBeActiveDoesNotWaitForAnInterval) {
  add(at(47), seconds(60), 1);
  EXPECT_EQ(schedule_->wake_at(), kStart + seconds(7));
}

TEST_F(ScheduleTest, TheFirstLookReadsTheWholeListAndThenOneASweepInterval) {
  add(at(7));
  EXPECT_EQ(looks_at(kStart + seconds(7)), (std::vector<Schedule::Action>{{0, Extent::Whole}}));
  int whole = 0;
  for (int second = 8; second < 3 * 3600; ++second) {
    for (const auto& look : looks_at(kStart + seconds(second))) {
      whole += look.extent == Extent::Whole ? 1 : 0;
      EXPECT_NE(look.extent, Extent::Singles);
    }
  }
  EXPECT_EQ(whole, 2);  // the sweeps of the next two hours
}

TEST_F(ScheduleTest, ASweepThatFailsIsTriedAgainAtTheNextTurn) {
  add(at(7));
  EXPECT_EQ(looks_at(kStart + seconds(7), {.ok = false})[0].extent, Extent::Whole);
  EXPECT_EQ(looks_at(kStart + seconds(67))[0].extent, Extent::Whole);
  EXPECT_EQ(looks_at(kStart + seconds(127))[0].extent, Extent::Newest);
}

TEST_F(ScheduleTest, OfFewActiveJobsEachIsAskedForAndTheListIsReadOnceAnInterval) {
  add(at(7));
  looks_at(kStart + seconds(7), {.active = 2});
  std::map<Extent, int> extents;
  for (int second = 8; second < 8 + 600; ++second) {
    for (const auto& look : looks_at(kStart + seconds(second), {.active = 2})) {
      ++extents[look.extent];
    }
  }
  EXPECT_EQ(extents, (std::map<Extent, int>{{Extent::Newest, 10}, {Extent::Singles, 50}}));
}

TEST_F(ScheduleTest, ManyActiveJobsAreReadFromTheList) {
  add(at(7));
  looks_at(kStart + seconds(7), {.active = Schedule::kFewJobs + 1});
  EXPECT_EQ(looks_at(kStart + seconds(17))[0].extent, Extent::Newest);
}

TEST_F(ScheduleTest, WhenTheLastJobHasEndedTheIntervalIsBackToNormal) {
  add(at(7));
  looks_at(kStart + seconds(7), {.active = 1});
  EXPECT_EQ(looks_at(kStart + seconds(17), {.active = 0}).size(), 1U);
  EXPECT_EQ(schedule_->wake_at(), kStart + seconds(67));
}

TEST_F(ScheduleTest, WhileAtlasCannotBeReachedOneLookAtATimeTries) {
  for (std::uint64_t i = 0; i < 60; ++i) add(at(i));
  const Schedule::Outcome no_answer{.ok = false, .reach = Schedule::Reach::Nothing};
  int looks = 0;
  for (int second = 0; second < 1800; ++second) {
    looks += static_cast<int>(looks_at(kStart + seconds(second), no_answer).size());
  }
  EXPECT_LE(looks, Outage::kFailures + 1800 / 10 + 5);
  EXPECT_GE(looks, Outage::kFailures + 1800 / 10 - 5);
}

TEST_F(ScheduleTest, FewTargetsThatAnswerDoNotStarveAmongManyThatDoNot) {
  std::uint64_t place = 1;
  for (const char* project : {"p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9", "good"}) {
    const auto bucket = budget_.find({project, "cloud_backups"}, kStart - minutes(1));
    const int clusters = std::string_view(project) == "good" ? 5 : 90;
    for (int i = 0; i < clusters; ++i) {
      schedule_->add(bucket, turns(seconds(60), (place *= 6364136223846793005U) >> 1U), 0,
                     seconds(60), kStart);
    }
  }
  std::map<std::size_t, int> looks;
  for (int second = 0; second < 12 * 3600; ++second) {
    const SteadyTime now = kStart + seconds(second);
    while (const auto action = schedule_->next(now)) {
      const bool answers = action->target >= 810;
      if (answers) ++looks[action->target];
      schedule_->finished(
          action->target,
          {.ok = answers, .reach = answers ? Schedule::Reach::Atlas : Schedule::Reach::Nothing},
          now);
    }
  }
  for (std::size_t target = 810; target < 815; ++target) EXPECT_GE(looks[target], 400) << target;
}

TEST_F(ScheduleTest, ARefusalIsAnAnswer) {
  for (std::uint64_t i = 0; i < 60; ++i) add(at(i));
  const auto looks = looks_in(600, {.ok = false, .reach = Schedule::Reach::Atlas});
  EXPECT_EQ(looks.size(), 60U);
  for (const auto& [target, count] : looks) EXPECT_EQ(count, 10) << target;
}

TEST_F(ScheduleTest, ALookThatWasHeldBackHereEndsNoOutageAndBeginsNone) {
  for (std::uint64_t i = 0; i < 60; ++i) add(at(i));
  const Schedule::Outcome held{.ok = false, .reach = Schedule::Reach::Unasked};
  EXPECT_EQ(looks_in(120, held).size(), 60U);
  for (int second = 120; second < 180; ++second) {
    looks_at(kStart + seconds(second), {.ok = false, .reach = Schedule::Reach::Nothing});
  }
  int looks = 0;
  for (int second = 180; second < 240; ++second) {
    looks += static_cast<int>(looks_at(kStart + seconds(second), held).size());
  }
  EXPECT_LE(looks, 61);
  EXPECT_TRUE(looks_at(kStart + seconds(240), held).size() <= 1);
}

TEST_F(ScheduleTest, ASimulatedDayKeepsEveryTurnOfEveryTarget) {
  constexpr int kTargets = 200;
  use({.max_in_flight = 8});
  std::uint64_t place = 1;
  for (int i = 0; i < kTargets; ++i) add(place *= 6364136223846793005U);
  std::vector<int> looks(kTargets);
  const SteadyTime end = kStart + hours(24);
  for (auto now = schedule_->wake_at(); now && *now < end; now = schedule_->wake_at()) {
    while (const auto action = schedule_->next(*now)) {
      ++looks[action->target];
      EXPECT_EQ(schedule_->finished(action->target, {}, *now + milliseconds(200)), 0U);
    }
  }
  EXPECT_EQ(std::set<int>(looks.begin(), looks.end()), std::set<int>{24 * 60});
}

}  // namespace
}  // namespace restorewatch
