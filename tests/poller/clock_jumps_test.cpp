// The machine's clock is set, forward or back, and nothing is lost, counted twice or out of turn.

#include "poller/poller_fixture.h"

namespace restorewatch {
namespace {

struct Jump {
  std::string_view name;
  std::chrono::milliseconds by;
};

void PrintTo(const Jump& jump, std::ostream* out) {
  *out << jump.name;
}

/// Atlas's clock is right all the time.
class ClockJumps : public PollerTest, public testing::WithParamInterface<Jump> {
 protected:
  ClockJumps() {
    source_.tell_time([this] { return clock_.true_now(); });
  }

  void start_and_look() {
    start({first_});
    pass(minutes(5));
  }

  void jump() { clock_.jump(GetParam().by); }

  /// Requested so long after the daemon's start.
  static RestoreJob later(JobState state, int n, minutes after) {
    return job(state, n, hours(2) - after);
  }

  std::vector<Transition> steps() {
    std::vector<Transition> steps;
    for (const JournalEntry& entry : *store_.read_after(0, 1000)) {
      steps.push_back(*entry.transition());
    }
    return steps;
  }

  static std::string id(int n, minutes after) {
    return to_string(later(JobState::InProgress, n, after).id);
  }
};

TEST_P(ClockJumps, LooksGoOnInTheirTurns) {
  start_and_look();
  const int before = source_.lists();
  jump();
  pass(minutes(10));
  EXPECT_EQ(source_.lists(), before + 10);
  EXPECT_EQ(metric("restorewatch_poll_overruns_total"), 0);
}

TEST_P(ClockJumps, WhatIsKnownStaysAsItIs) {
  start_and_look();
  source_.put(first_.key, later(JobState::InProgress, 1, minutes(5)));
  source_.put(first_.key, later(JobState::Completed, 2, minutes(-60)));
  pass(minutes(1));
  const TargetView before = view();
  jump();
  pass(minutes(10));
  EXPECT_EQ(view().counters, before.counters);
  EXPECT_EQ(view().summary, before.summary);
  EXPECT_EQ(view().present_unknown, false);
  EXPECT_EQ(steps().size(), 1U);
}

TEST_P(ClockJumps, WhatHappensAfterwardsIsTold) {
  start_and_look();
  source_.put(first_.key, later(JobState::InProgress, 1, minutes(5)));
  pass(minutes(1));
  jump();
  pass(minutes(10));
  source_.put(first_.key, later(JobState::Completed, 1, minutes(5)));
  source_.put(first_.key, later(JobState::Failed, 2, minutes(14)));
  pass(minutes(1));
  EXPECT_EQ(journal(),
            (std::vector{id(1, minutes(5)) + ":in_progress:1", id(1, minutes(5)) + ":completed:1",
                         id(2, minutes(14)) + ":failed:1"}));
  const auto& success = view().summary.last_success[index_of(Delivery::Automated)];
  EXPECT_EQ(success->duration, minutes(10));
  EXPECT_LE(success->ended_at, clock_.true_now());
  const auto& failure = view().summary.last_failure[index_of(Kind::Restore)];
  EXPECT_LE(failure->ended_at, clock_.true_now());
  EXPECT_LE(failure->observed_at, clock_.true_now());
}

TEST_P(ClockJumps, AStepIsNeverSaidToHaveComeBeforeItself) {
  start_and_look();
  jump();
  for (int n = 1; n <= 3; ++n) {
    source_.put(first_.key, later(JobState::Failed, n, minutes(5 + n)));
    pass(minutes(1));
  }
  ASSERT_EQ(steps().size(), 3U);
  for (const Transition& step : steps()) {
    EXPECT_LE(step.not_before.value_or(step.observed_at), step.observed_at);
  }
  EXPECT_TRUE(steps().back().not_before.has_value());  // the clock has run well since
}

TEST_P(ClockJumps, AJobIsLostWhenItsTimeHasReallyPassed) {
  start_and_look();
  source_.put(first_.key, later(JobState::InProgress, 1, minutes(5)));
  pass(minutes(1));
  source_.remove(first_.key, later(JobState::InProgress, 1, minutes(5)).id);
  pass(minutes(1));
  jump();
  pass(minutes(9));
  EXPECT_EQ(steps().size(), 1U) << "the first 404 is nine minutes old";
  pass(minutes(2));
  ASSERT_EQ(steps().size(), 2U);
  EXPECT_EQ(steps().back().to, JobState::Lost);
}

TEST_P(ClockJumps, TheTimeOfARestartCounts) {
  start_and_look();
  source_.put(first_.key, later(JobState::InProgress, 1, minutes(5)));
  pass(minutes(1));
  source_.remove(first_.key, later(JobState::InProgress, 1, minutes(5)).id);
  pass(minutes(1));
  jump();
  clock_.advance(minutes(20));
  start({first_});
  pass(minutes(1));
  ASSERT_EQ(steps().size(), 2U);
  EXPECT_EQ(steps().back().to, JobState::Lost);
}

TEST_P(ClockJumps, ABaselineWithAWrongClockHidesNothingThatComesAfterIt) {
  jump();
  start_and_look();
  source_.put(first_.key, later(JobState::Failed, 1, minutes(4)));
  pass(minutes(1));
  EXPECT_EQ(steps().size(), 1U);
  EXPECT_TRUE(steps().front().missed);
}

TEST_P(ClockJumps, ALinkExpiresWhenAtlasSaysSo) {
  start_and_look();
  source_.put(first_.key, later(JobState::Ready, 1, minutes(5)));  // for an hour
  pass(minutes(1));
  jump();
  pass(minutes(30));
  EXPECT_EQ(view().summary.links_active, 1U);
  pass(minutes(40));
  EXPECT_EQ(view().summary.links_active, 0U);
}

INSTANTIATE_TEST_SUITE_P(
    Clocks, ClockJumps,
    testing::Values(Jump{"AnHourBack", -hours(1)}, Jump{"ThreeHoursForward", hours(3)},
                    Jump{"TenYearsForward", std::chrono::days(3653)},
                    Jump{"To1970", from_unix_seconds(600) - (noon() - hours(2))}),
    [](const auto& test) { return std::string(test.param.name); });

/// Times of Atlas's that have not come yet.
class FutureTimes : public PollerTest {
 protected:
  FutureTimes() {
    source_.tell_time([this] { return clock_.true_now(); });
  }
};

TEST_F(FutureTimes, AnEndThatHasNotComeVouchesForNothingLaterThanNow) {
  start({first_});
  pass(minutes(5));
  RestoreJob odd = job(JobState::Completed, 1, hours(2) - minutes(5));
  odd.finished_at = noon() + std::chrono::days(3653);
  source_.put(first_.key, odd);
  pass(minutes(5));
  const auto& success = view().summary.last_success[index_of(Delivery::Automated)];
  ASSERT_TRUE(success.has_value());
  EXPECT_LE(success->ended_at, clock_.true_now());
  EXPECT_EQ(success->duration, std::nullopt);
  EXPECT_EQ(view().counters.finished[index_of(Kind::Restore)][index_of(Outcome::Completed)], 1U);
  EXPECT_EQ(metric("restorewatch_anomalies_total", "kind=\"future_time\""), 1);
}

TEST_F(FutureTimes, AreSaidOnceForEachJob) {
  start({first_});
  for (int n = 1; n <= 3; ++n) {
    RestoreJob odd = job(JobState::Failed, n, hours(2));
    odd.finished_at = noon() + hours(24);
    source_.put(first_.key, odd);
    pass(minutes(2));
  }
  EXPECT_EQ(metric("restorewatch_anomalies_total", "kind=\"future_time\""), 3);
}

}  // namespace
}  // namespace restorewatch
