#include "poller/poller_fixture.h"

namespace restorewatch {
namespace {

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

TEST_F(ReconfigureTest, ObjectivesGoIntoTheSnapshotAndFollow) {
  const auto objectives = [this](seconds drill_interval) {
    options_.objectives = std::make_shared<const ObjectiveRules>(
        ObjectiveRules{{{"prod-*", {}, {}, {}}, {drill_interval, {}, {}}}});
    return options_.objectives;
  };
  const auto first = objectives(hours(1));
  start();
  pass(seconds(2));
  EXPECT_EQ(snapshot_->objectives, first);
  const auto second = objectives(hours(2));
  poller_->reconfigure(options_);
  pass(seconds(2));
  EXPECT_EQ(snapshot_->objectives, second);
}

TEST_F(ReconfigureTest, WhatADrillIsCountsForJobsSeenFromThenOn) {
  const auto drills_go_to = [this](const std::string& cluster) {
    options_.drills = std::make_shared<const DrillRules>(
        DrillRules{{first_.project_name, cluster}});  // a name that the inventory knows
  };
  const auto last_drill = [this] { return view().summary.last_drill_success_at; };
  drills_go_to("elsewhere");
  source_.put(first_.key, job(JobState::Completed, 1, hours(9)));
  start({first_});
  pass(minutes(2));
  EXPECT_FALSE(last_drill());
  drills_go_to("drill-1");
  poller_->reconfigure(options_);
  pass(minutes(2));
  EXPECT_FALSE(last_drill());
  source_.put(first_.key, job(JobState::Completed, 2, hours(8)));
  pass(minutes(2));
  EXPECT_EQ(last_drill(), job(JobState::Completed, 2, hours(8)).finished_at);
}

TEST_F(ReconfigureTest, PoliciesJudgeJobsSeenFromThenOn) {
  const auto download = index_of(PolicyRule::Download);
  const auto ready = [](int n, std::chrono::seconds age) { return job(JobState::Ready, n, age); };
  start({first_});
  pass(minutes(2));
  source_.put(first_.key, ready(1, minutes(-1)));
  pass(minutes(2));
  EXPECT_FALSE(view().has_policies);
  EXPECT_EQ(view().counters.violations[download], 0U);
  options_.policies = std::make_shared<const Policies>(Policies{{{}, {{}, false, {}}}});
  poller_->reconfigure(options_);
  pass(minutes(2));
  EXPECT_TRUE(view().has_policies);
  EXPECT_EQ(view().counters.violations[download], 0U);
  source_.put(first_.key, ready(2, minutes(-2)));
  pass(minutes(2));
  EXPECT_EQ(view().counters.violations[download], 1U);
  EXPECT_TRUE(view().last_violation_at[download]);
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
