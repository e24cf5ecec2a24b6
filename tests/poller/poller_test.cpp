#include "poller/poller_fixture.h"

namespace restorewatch {
namespace {

TEST_F(PollerTest, LooksAtEveryTargetOnceAnInterval) {
  start();
  pass(minutes(10));
  EXPECT_EQ(source_.lists(), 20);
  EXPECT_EQ(sweeps_, 10);
  EXPECT_EQ(view().up, true);
}

TEST_F(PollerTest, CommitsAndPublishesWhatChanged) {
  start();
  pass(minutes(1));
  source_.put(first_.key, job(JobState::InProgress));
  pass(minutes(1));
  source_.put(first_.key, job(JobState::Failed));
  pass(minutes(1));
  EXPECT_EQ(journal(), (std::vector<std::string>{to_string(job_id(1)) + ":in_progress:1",
                                                 to_string(job_id(1)) + ":failed:1"}));
  EXPECT_EQ(view().summary.jobs[index_of(JobState::Failed)], 1U);
  EXPECT_EQ(view().counters.finished[index_of(Kind::Restore)][index_of(Outcome::Failed)], 1U);
}

TEST_F(PollerTest, NothingIsShownThatIsNotCommitted) {
  start();
  pass(minutes(1));
  store_.hold();
  source_.put(first_.key, job(JobState::Completed));
  pass(minutes(2));
  EXPECT_EQ(view().summary.jobs[index_of(JobState::Completed)], 0U);
  store_.release();
  pass(seconds(2));
  EXPECT_EQ(view().summary.jobs[index_of(JobState::Completed)], 1U);
}

TEST_F(PollerTest, WhatCouldNotBeCommittedIsSeenAgain) {
  start();
  pass(minutes(1));
  store_.fail_writes(true);
  source_.put(first_.key, job(JobState::Completed));
  pass(minutes(5));
  EXPECT_TRUE(journal().empty());
  EXPECT_EQ(view().up, true);  // Atlas can be seen
  store_.fail_writes(false);
  pass(minutes(1));
  EXPECT_EQ(journal().size(), 1U);
  EXPECT_EQ(view().counters.requested[index_of(Scope::SameProject)], 1U);
}

TEST_F(PollerTest, ARestartChangesNoCount) {
  start();
  pass(minutes(1));
  source_.put(first_.key, job(JobState::InProgress));
  pass(minutes(1));
  const TargetCounters before = view().counters;
  start();
  pass(seconds(1));
  EXPECT_EQ(view().counters, before);
  source_.put(first_.key, job(JobState::Completed));
  pass(minutes(1));
  EXPECT_EQ(journal().size(), 2U);
}

TEST_F(PollerTest, AFailedLookMarksTheTargetDownAndOthersGoOn) {
  start();
  source_.fail(first_.key, Error{ErrorKind::Forbidden, "role missing"});
  pass(minutes(1));
  EXPECT_EQ(view(0).up, false);
  EXPECT_EQ(view(1).up, true);
  EXPECT_EQ(errors("forbidden"), 1);
  source_.fail(first_.key, std::nullopt);
  pass(minutes(1));
  EXPECT_EQ(view(0).up, true);
}

TEST_F(PollerTest, APartialListStillAddsWhatItSaw) {
  start();
  pass(minutes(1));
  source_.fail(first_.key, Error{ErrorKind::Timeout, "page 2"});
  source_.put(first_.key, job(JobState::Failed));
  pass(minutes(1));
  EXPECT_EQ(journal().size(), 1U);
  EXPECT_EQ(view().up, false);
}

TEST_F(PollerTest, AThrottledProjectIsLeftAloneAsLongAsAsked) {
  start({first_});
  source_.fail(first_.key, Error{ErrorKind::Throttled, "429", seconds(300)});
  pass(minutes(1));
  EXPECT_EQ(source_.lists(), 1);
  source_.fail(first_.key, std::nullopt);
  pass(minutes(4));
  EXPECT_EQ(source_.lists(), 1);
  pass(minutes(1));
  EXPECT_EQ(source_.lists(), 2);
  const double waited = metric("restorewatch_api_backoff_seconds_total", "reason=\"retry_after\"");
  EXPECT_GE(waited, 300);
  EXPECT_LT(waited, 310);
}

TEST_F(PollerTest, ThrottlingOfOneProjectSlowsNoOther) {
  start();
  source_.fail(first_.key, Error{ErrorKind::Throttled, "429", seconds(3600)});
  pass(minutes(10));
  EXPECT_EQ(source_.lists(), 1 + 10);
}

TEST_F(PollerTest, AnActiveJobThatIsNotListedIsAskedFor) {
  start({first_});
  source_.put(first_.key, job(JobState::InProgress));
  pass(minutes(1));
  source_.hide(job_id(1));
  source_.put(first_.key, job(JobState::Completed));
  pass(minutes(1));
  EXPECT_EQ(source_.gets(), 1);
  EXPECT_EQ(view().summary.jobs[index_of(JobState::Completed)], 1U);
}

TEST_F(PollerTest, AnActiveJobThatAtlasDoesNotHaveIsLostInTheEnd) {
  start({first_});
  source_.put(first_.key, job(JobState::InProgress));
  pass(minutes(1));
  source_.remove(first_.key, job_id(1));
  pass(minutes(9));
  EXPECT_EQ(view().summary.jobs[index_of(JobState::InProgress)], 1U);
  pass(minutes(3));
  EXPECT_EQ(view().summary.jobs[index_of(JobState::Lost)], 1U);
  EXPECT_EQ(journal(), std::vector<std::string>{to_string(job_id(1)) + ":lost:1"});
  const int asked = source_.gets();
  pass(minutes(5));
  EXPECT_EQ(source_.gets(), asked);
}

TEST_F(PollerTest, AFailedQuestionForOneJobSpoilsTheLookButNotTheList) {
  start({first_});
  source_.put(first_.key, job(JobState::InProgress, 1));
  pass(minutes(1));
  source_.hide(job_id(1));
  source_.put(first_.key, job(JobState::Failed, 2));
  source_.fail_gets(Error{ErrorKind::Other, "500"});
  pass(minutes(1));
  EXPECT_EQ(view().up, false);
  EXPECT_EQ(journal(), std::vector<std::string>{to_string(job_id(2)) + ":failed:1"});
}

TEST_F(PollerTest, AnUnchangedLookReachesTheStoreOnlyAsACheckpoint) {
  start({first_});
  pass(minutes(1));
  const auto version = store_.load(first_.key)->version;
  pass(minutes(10));
  EXPECT_EQ(store_.load(first_.key)->version, version);
  EXPECT_GE(store_.load(first_.key)->last_looked_at, noon() - hours(2) + minutes(9));
}

TEST_F(PollerTest, ATargetGoesStaleAfterBeingBlindForLong) {
  options_.stale_after = minutes(5);
  start({first_});
  pass(minutes(1));
  source_.fail(first_.key, Error{ErrorKind::Unreachable, "no route"});
  pass(minutes(4));
  EXPECT_FALSE(view().present_unknown);
  pass(minutes(2));
  EXPECT_TRUE(view().present_unknown);
  source_.fail(first_.key, std::nullopt);
  pass(minutes(1));
  EXPECT_FALSE(view().present_unknown);
}

TEST_F(PollerTest, AHangingLookGoesStaleTooAndItsTurnsAreCounted) {
  options_.stale_after = minutes(5);
  start({first_});
  source_.hold();
  pass(minutes(6));
  EXPECT_TRUE(view().present_unknown);
  source_.release();
  pass(seconds(1));
  EXPECT_GE(metric("restorewatch_poll_overruns_total"), 5);
}

TEST_F(PollerTest, UncommittedSightsDoNotKeepWhatIsShownYoung) {
  options_.stale_after = minutes(5);
  start({first_});
  pass(minutes(1));
  store_.fail_writes(true);
  source_.put(first_.key, job(JobState::Completed));
  pass(minutes(7));
  EXPECT_TRUE(view().present_unknown);
}

TEST_F(PollerTest, EveryUnlistedJobIsAskedForInTheEnd) {
  start({first_});
  for (int n = 1; n <= 120; ++n) source_.put(first_.key, job(JobState::InProgress, n));
  pass(minutes(1));
  for (int n = 1; n <= 120; ++n) {
    source_.hide(job_id(n));
    if (n > 110) source_.put(first_.key, job(JobState::Completed, n));
  }
  pass(minutes(1));
  EXPECT_EQ(source_.gets(), 50);
  pass(minutes(2));
  EXPECT_EQ(view().summary.jobs[index_of(JobState::Completed)], 10U);
}

TEST_F(PollerTest, ABurstOfThrottledLooksIsOneBackoff) {
  std::vector<Target> targets;
  for (const char* name : {"a", "b", "c", "d", "e", "f", "g", "h"}) {
    targets.push_back({{project(), name, Source::Dedicated}, "prod", {"main"}});
    source_.fail(targets.back().key, Error{ErrorKind::Throttled, "429"});
  }
  options_.spread = false;
  start(targets);
  source_.hold();
  pass(seconds(1));
  source_.release();
  pass(seconds(1));
  const double waited = metric("restorewatch_api_backoff_seconds_total", "reason=\"exponential\"");
  EXPECT_GE(waited, 10);
  EXPECT_LT(waited, 20);
}

TEST_F(PollerTest, AnAnomalyIsToldOnceItIsCommitted) {
  start({first_});
  pass(minutes(1));
  source_.put(first_.key, job(JobState::Completed));
  pass(minutes(1));
  store_.fail_writes(true);
  source_.put(first_.key, job(JobState::InProgress));
  pass(minutes(5));
  EXPECT_EQ(metric("restorewatch_anomalies_total", "kind=\"reactivated\""), 0);
  store_.fail_writes(false);
  pass(minutes(2));
  EXPECT_EQ(metric("restorewatch_anomalies_total", "kind=\"reactivated\""), 1);
}

TEST_F(PollerTest, WhatSomebodyElseWroteIsTakenOver) {
  start({first_});
  pass(minutes(1));
  auto record = *store_.load(first_.key);
  const auto theirs = diff(record, listing({job(JobState::Failed, 2)}), facts(clock_.wall_now()));
  store_.commit(theirs.result, [](CommitStatus) {});
  source_.put(first_.key, job(JobState::Failed, 2));
  source_.put(first_.key, job(JobState::InProgress, 1));
  pass(minutes(3));
  EXPECT_EQ(journal(), (std::vector<std::string>{to_string(job_id(2)) + ":failed:1",
                                                 to_string(job_id(1)) + ":in_progress:1"}));
  EXPECT_EQ(view().counters.finished[index_of(Kind::Restore)][index_of(Outcome::Failed)], 1U);
}

TEST_F(PollerTest, TheNewestJobsOfAllTargetsAreListed) {
  options_.per_job_series = true;
  options_.job_retention = hours(24);
  options_.max_job_series = 2;
  start();
  source_.put(first_.key, job(JobState::InProgress, 1, minutes(50)));
  source_.put(first_.key, job(JobState::InProgress, 2, minutes(40)));
  source_.put(second_.key, job(JobState::InProgress, 3, minutes(30)));
  pass(minutes(2));
  ASSERT_EQ(view(0).jobs.size(), 1U);
  EXPECT_EQ(view(0).jobs[0].id, job_id(2, minutes(40)));
  EXPECT_EQ(view(1).jobs.size(), 1U);
}

TEST_F(PollerTest, AViewStaysTheSameObjectUntilItSaysSomethingElse) {
  options_.per_job_series = true;
  options_.job_retention = hours(24);
  options_.max_job_series = 2;
  source_.put(first_.key, job(JobState::InProgress));
  start();
  pass(minutes(2));
  source_.hold();
  pass(minutes(2));  // looks begin, and none ends
  const auto before = snapshot_;
  const int published = published_;
  pass(minutes(1));
  EXPECT_GT(published_, published);
  EXPECT_EQ(snapshot_->targets, before->targets);
  source_.release();
  pass(minutes(1));
  EXPECT_NE(snapshot_->targets[0], before->targets[0]);
}

TEST_F(PollerTest, StoppingWithEverythingUnderWayIsQuiet) {
  start({first_});
  pass(minutes(1));
  source_.put(first_.key, job(JobState::InProgress));
  store_.hold();
  pass(minutes(1));  // a commit waits
  source_.hold();
  pass(minutes(1));
  poller_->stop();
  const int published = published_;
  source_.release();
  store_.release();
  pass(minutes(1));
  EXPECT_EQ(store_.load(first_.key)->jobs.size(), 1U);
  EXPECT_GE(published_, published);
}

TEST_F(PollerTest, PublishesAtMostOnceASecond) {
  options_.interval = std::chrono::milliseconds(100);
  start();
  pass(seconds(10));
  EXPECT_GE(source_.lists(), 190);
  EXPECT_LE(published_, 12);
}

TEST_F(PollerTest, AnUnreadableJobIsCountedOnceAndIsNotMissed) {
  start({first_});
  source_.put(first_.key, job(JobState::InProgress));
  pass(minutes(1));
  source_.remove(first_.key, job_id(1));
  source_.add_unreadable(first_.key, {to_string(job_id(1)), "finishedAt is no time"});
  pass(minutes(20));
  EXPECT_EQ(metric("restorewatch_anomalies_total", "kind=\"unreadable_job\""), 1);
  EXPECT_EQ(view().summary.jobs[index_of(JobState::InProgress)], 1U);
  EXPECT_EQ(source_.gets(), 0);
  EXPECT_EQ(view().up, true);
}

TEST_F(PollerTest, AfterStopNothingBegins) {
  start();
  pass(minutes(1));
  poller_->stop();
  const int lists = source_.lists();
  pass(minutes(5));
  EXPECT_EQ(source_.lists(), lists);
}

TEST_F(PollerTest, AStoreThatCannotBeReadIsAnErrorAtStart) {
  store_.fail_reads(true);
  RateBudget budget(no_limits());
  Poller poller(
      options_,
      Poller::Deps{loop_, clock_, source_, store_, budget, telemetry_, Log(), [](auto) {}, {}});
  EXPECT_FALSE(poller.load().ok());
}

}  // namespace
}  // namespace restorewatch
