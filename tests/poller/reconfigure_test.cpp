#include "poller/poller_fixture.h"

namespace restorewatch {
namespace {

const SteadyTime kStart{hours(1)};

/// When the only target of a schedule is looked at, each look ending at once, while something
/// happens every second.
std::vector<int> looks_of(Schedule& schedule, int seconds_long,
                          const std::function<void(SteadyTime)>& every_second) {
  std::vector<int> at;
  for (int second = 0; second < seconds_long; ++second) {
    const SteadyTime now = kStart + seconds(second);
    every_second(now);
    while (const auto target = schedule.next(now)) {
      at.push_back(second);
      schedule.finished(*target, now);
    }
  }
  return at;
}

int longest_gap(const std::vector<int>& times) {
  int longest = 0;
  for (std::size_t i = 1; i < times.size(); ++i) {
    longest = std::max(longest, times[i] - times[i - 1]);
  }
  return longest;
}

Schedule::Turns every(seconds interval) {
  return {interval, interval, 41'000'000'000U};
}

TEST(ScheduleChangeTest, TheSameIntervalMovesNothing) {
  Schedule schedule({}, kStart);
  const auto target = schedule.add(0, every(seconds(60)), kStart);
  const auto times = looks_of(
      schedule, 200, [&](SteadyTime now) { schedule.change(target, every(seconds(60)), now); });
  EXPECT_EQ(times, (std::vector<int>{41, 101, 161}));
}

TEST(ScheduleChangeTest, AnotherIntervalHasTheTurnsThatItWouldHaveHadFromTheStart) {
  Schedule schedule({}, kStart);
  const auto target = schedule.add(0, every(seconds(60)), kStart);
  const auto times = looks_of(schedule, 150, [&](SteadyTime now) {
    if (now == kStart + seconds(50)) schedule.change(target, every(seconds(30)), now);
  });
  EXPECT_EQ(times, (std::vector<int>{41, 71, 101, 131}));
}

TEST(ScheduleChangeTest, IntervalsThatChangeAgainAndAgainStarveNobody) {
  Schedule schedule({}, kStart);
  const auto target = schedule.add(0, every(seconds(60)), kStart);
  const auto times = looks_of(schedule, 3600, [&](SteadyTime now) {
    const auto second = (now - kStart) / seconds(1);
    if (second % 3 == 0) schedule.change(target, every(seconds(second % 2 == 0 ? 60 : 50)), now);
  });
  EXPECT_LE(longest_gap(times), 60);
  EXPECT_LE(times.size(), 3600U / 25);
}

TEST(ScheduleChangeTest, ALookUnderWaySkipsNoTurnOfTheNewInterval) {
  Schedule schedule({}, kStart);
  const auto target = schedule.add(0, every(seconds(60)), kStart);
  const SteadyTime began = kStart + seconds(41);
  ASSERT_TRUE(schedule.next(began));
  schedule.change(target, every(seconds(7)), began + seconds(1));
  EXPECT_EQ(schedule.finished(target, began + seconds(2)), 0U);
  EXPECT_LE(*schedule.wake_at(), began + seconds(9));
}

TEST(ScheduleChangeTest, WhoRestsGoesOnResting) {
  Schedule schedule({}, kStart);
  const auto target = schedule.add(0, every(seconds(60)), kStart);
  schedule.suspend(target);
  schedule.change(target, every(seconds(10)), kStart);
  EXPECT_FALSE(schedule.wake_at());
  schedule.resume(target, kStart);
  EXPECT_EQ(schedule.wake_at(), kStart + seconds(1));
}

class ReconfigureTest : public PollerTest {
 protected:
  /// Lets time pass with a reload every three seconds.
  void pass_reloading(seconds time, const std::function<void(int)>& before_each = {}) {
    for (int i = 0; i < time / seconds(3); ++i) {
      if (before_each) before_each(i);
      poller_->reconfigure(options_);
      watch(inventory_of({first_, second_}));
      pass(seconds(3));
    }
  }
};

TEST_F(ReconfigureTest, ReloadingOftenChangesNoLook) {
  start();
  pass_reloading(minutes(10));
  EXPECT_EQ(source_.lists(), 20);
  EXPECT_EQ(metric("restorewatch_poll_overruns_total"), 0);
}

TEST_F(ReconfigureTest, ReloadingOftenLosesNoTransitionAndRepeatsNone) {
  start();
  pass(minutes(1));
  source_.put(first_.key, job(JobState::InProgress));
  pass_reloading(minutes(2), [&](int i) {
    options_.interval = i % 2 == 0 ? minutes(1) : seconds(50);
    options_.per_job_series = i % 3 == 0;
  });
  source_.put(first_.key, job(JobState::Completed));
  pass_reloading(minutes(2));
  EXPECT_EQ(journal(), (std::vector<std::string>{to_string(job_id(1)) + ":in_progress:1",
                                                 to_string(job_id(1)) + ":completed:1"}));
  EXPECT_EQ(view().counters.requested[index_of(Scope::SameProject)], 1U);
}

TEST_F(ReconfigureTest, AShorterIntervalCountsAtOnce) {
  options_.interval = hours(1);
  start({first_});
  pass(hours(1));
  const int before = source_.lists();
  options_.interval = minutes(1);
  poller_->reconfigure(options_);
  pass(minutes(10));
  EXPECT_EQ(source_.lists() - before, 10);
  EXPECT_EQ(view().effective_interval, minutes(1));
  EXPECT_EQ(metric("restorewatch_poll_interval_seconds"), 60);
}

TEST_F(ReconfigureTest, CollectionsFollowTheirOwnInterval) {
  Target collections = first_;
  collections.key.source = Source::Collection;
  options_.collection_interval = hours(1);
  start({collections});
  pass(hours(1));
  const int before = source_.lists();
  options_.collection_interval = minutes(2);
  options_.interval = minutes(1);
  poller_->reconfigure(options_);
  pass(minutes(10));
  EXPECT_EQ(source_.lists() - before, 5);
}

TEST_F(ReconfigureTest, ALookUnderWayEndsByTheOptionsItBeganWith) {
  options_.baseline_lookback = hours(24);
  source_.put(first_.key, job(JobState::Completed));
  start({first_});
  source_.hold();
  pass(minutes(1));
  options_.baseline_lookback = seconds(0);
  poller_->reconfigure(options_);
  source_.release();
  pass(seconds(5));
  EXPECT_EQ(journal().size(), 1U);  // news by the lookback
}

TEST_F(ReconfigureTest, APauseThatAtlasAskedForGoesOn) {
  start();
  pass(minutes(1));
  source_.fail(first_.key, Error{ErrorKind::Throttled, "slow down", seconds(1800)});
  pass(minutes(1));
  const int before = source_.lists();
  pass_reloading(minutes(20));
  EXPECT_EQ(source_.lists() - before, 20);  // the other project's
}

TEST_F(ReconfigureTest, WhatIsUpStaysUpAndWhatIsBlindStaysBlind) {
  start();
  pass(minutes(1));
  source_.fail(second_.key, Error{ErrorKind::Forbidden, "no"});
  pass(minutes(20));
  pass_reloading(seconds(30));
  EXPECT_EQ(view(0).up, true);
  EXPECT_FALSE(view(0).present_unknown);
  EXPECT_EQ(view(1).up, false);
  EXPECT_TRUE(view(1).present_unknown);
  options_.stale_after = hours(2);
  poller_->reconfigure(options_);
  pass(seconds(2));
  EXPECT_FALSE(view(1).present_unknown);
}

TEST_F(ReconfigureTest, PerJobSeriesComeAndGo) {
  source_.put(first_.key, job(JobState::InProgress));
  start({first_});
  pass(minutes(2));
  EXPECT_TRUE(view().jobs.empty());
  options_.per_job_series = true;
  options_.max_job_series = 10;
  options_.job_retention = hours(24);
  poller_->reconfigure(options_);
  pass(seconds(2));
  EXPECT_EQ(view().jobs.size(), 1U);
  options_.per_job_series = false;
  poller_->reconfigure(options_);
  pass(seconds(2));
  EXPECT_TRUE(view().jobs.empty());
}

TEST_F(ReconfigureTest, FewerLooksAtATimeCountFromTheNextOne) {
  options_.spread = false;
  start();
  source_.hold();
  pass(seconds(1));
  EXPECT_EQ(source_.lists(), 2);
  options_.max_in_flight = 1;
  poller_->reconfigure(options_);
  source_.release();
  pass(seconds(1));
  source_.hold();
  pass(minutes(3));
  EXPECT_EQ(source_.lists(), 3);
}

TEST_F(ReconfigureTest, AfterStopNothingBegins) {
  start();
  pass(minutes(1));
  poller_->stop();
  const int before = source_.lists();
  options_.interval = seconds(1);
  poller_->reconfigure(options_);
  pass(minutes(1));
  EXPECT_EQ(source_.lists(), before);
}

TEST_F(ReconfigureTest, ATargetThatLeavesAndComesBackGoesOnWhereItWas) {
  source_.put(first_.key, job(JobState::InProgress));
  start();
  pass(minutes(2));
  watch(inventory_of({second_}));
  pass(minutes(2));
  EXPECT_EQ(snapshot_->targets.size(), 1U);
  source_.put(first_.key, job(JobState::Completed));
  watch(inventory_of({first_, second_}));
  pass(minutes(2));
  EXPECT_EQ(journal(), std::vector{to_string(job_id(1)) + ":completed:1"});
}

}  // namespace
}  // namespace restorewatch
