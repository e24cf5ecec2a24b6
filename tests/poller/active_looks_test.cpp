// How much of a target each look reads: single jobs, the newest of the list, or all of it.

#include "poller/poller_fixture.h"

namespace restorewatch {
namespace {

class ActiveLooksTest : public PollerTest {
 protected:
  ActiveLooksTest() {
    options_.active_interval = seconds(10);
    options_.full_sweep_interval = hours(24);
  }

  /// One target, seen for the first time, with so many jobs going on.
  void start_with_active(int jobs) {
    for (int n = 1; n <= jobs; ++n) source_.put(first_.key, job(JobState::InProgress, n));
    start({first_});
    pass_to_list();
    lists_ = source_.lists();
    gets_ = source_.gets();
  }

  /// Up to a second after the next reading of the list.
  void pass_to_list() {
    const int lists = source_.lists();
    for (int i = 0; i < 120 && source_.lists() == lists; ++i) pass(seconds(1));
  }

  int new_lists() const { return source_.lists() - lists_; }
  int new_gets() const { return source_.gets() - gets_; }

  Transition last_transition() {
    return *store_.read_after(*store_.last_seq() - 1, 1)->front().transition();
  }

  int lists_ = 0;
  int gets_ = 0;
};

TEST_F(ActiveLooksTest, AnIdleTargetIsLookedAtOnceAnInterval) {
  start_with_active(0);
  pass(minutes(10));
  EXPECT_EQ(new_lists(), 10);
  EXPECT_EQ(new_gets(), 0);
}

TEST_F(ActiveLooksTest, FewActiveJobsAreAskedForOneByOneBetweenLists) {
  start_with_active(2);
  pass(minutes(10));
  EXPECT_EQ(new_lists(), 10);
  EXPECT_EQ(new_gets(), 10 * 5 * 2);
}

TEST_F(ActiveLooksTest, ManyActiveJobsAreReadFromTheList) {
  start_with_active(3);
  pass(minutes(10));
  EXPECT_EQ(new_lists(), 60);
  EXPECT_EQ(new_gets(), 0);
}

TEST_F(ActiveLooksTest, TheEndOfAnActiveJobIsSeenWithinTheActiveInterval) {
  start_with_active(1);
  source_.put(first_.key, job(JobState::Completed));
  pass(seconds(10));
  EXPECT_EQ(view().summary.jobs[index_of(JobState::Completed)], 1U);
  pass(minutes(1));
  gets_ = source_.gets();
  pass(minutes(5));
  EXPECT_EQ(new_gets(), 0);
}

TEST_F(ActiveLooksTest, ATransitionSeenByAskingIsNoOlderThanTheLastAnswer) {
  start_with_active(1);
  pass(seconds(30));  // the list was read before, then the job was asked for
  source_.put(first_.key, job(JobState::Completed));
  pass(seconds(10));
  const Transition seen = last_transition();
  ASSERT_TRUE(seen.not_before.has_value());
  EXPECT_EQ(seen.observed_at - *seen.not_before, seconds(10));
}

TEST_F(ActiveLooksTest, ANewJobIsNotYetToldOfByAskingForOthers) {
  start_with_active(1);
  const WallTime listed_at = *view().last_success_at;
  pass(seconds(30));
  EXPECT_EQ(*view().last_success_at, listed_at);
  source_.put(first_.key, job(JobState::InProgress, 2));
  pass(minutes(1));
  const Transition seen = last_transition();
  EXPECT_EQ(seen.job.id, job_id(2));
  EXPECT_EQ(seen.observed_at - *seen.not_before, minutes(1));
}

TEST_F(ActiveLooksTest, AJobThatGoesOnForOverADayIsLookedAtLessOften) {
  RestoreJob old = job(JobState::InProgress);
  old.requested_at = clock_.wall_now() - hours(25);
  source_.put(first_.key, old);
  start({first_});
  pass(minutes(1));
  lists_ = source_.lists();
  pass(minutes(10));
  EXPECT_EQ(new_lists(), 10);
  EXPECT_EQ(source_.gets(), 0);
}

TEST_F(ActiveLooksTest, AJobOfAnUnknownStateIsLookedAtAtTheUsualRate) {
  source_.put(first_.key, job(JobState::Unknown));
  start({first_});
  pass(minutes(1));
  lists_ = source_.lists();
  pass(minutes(10));
  EXPECT_EQ(new_lists(), 10);
}

TEST_F(ActiveLooksTest, AfterARestartAnActiveJobIsNotKeptWaiting) {
  start_with_active(1);
  source_.put(first_.key, job(JobState::Completed));
  start({first_});
  pass(seconds(10));
  EXPECT_EQ(journal().back(), event_id(last_transition()));
  EXPECT_EQ(last_transition().to, JobState::Completed);
}

TEST_F(ActiveLooksTest, AFailedQuestionIsAFailedLook) {
  start_with_active(1);
  source_.fail_gets(Error{ErrorKind::Timeout, "no answer"});
  pass(seconds(10));
  EXPECT_EQ(view().up, false);
  EXPECT_EQ(errors("timeout"), 1);
  source_.fail_gets(std::nullopt);
  pass(minutes(1));
  EXPECT_EQ(view().up, true);
}

/// Lists with pages of two jobs, newest first.
class PagedLooksTest : public ActiveLooksTest {
 protected:
  PagedLooksTest() {
    source_.set_page_size(2);
    clock_.advance(hours(4));  // the tests' jobs have ended by now
  }
};

TEST_F(PagedLooksTest, AnOpenJobBehindThePagesThatWereReadIsAskedFor) {
  source_.put(first_.key, job(JobState::Unknown, 1));
  for (int n = 2; n <= 9; ++n) source_.put(first_.key, job(JobState::Completed, n));
  start({first_});
  pass_to_list();
  EXPECT_EQ(source_.gets(), 0);  // the whole list was read
  source_.put(first_.key, job(JobState::Failed, 1));
  pass_to_list();
  EXPECT_EQ(source_.gets(), 1);
  EXPECT_EQ(view().summary.jobs[index_of(JobState::Failed)], 1U);
}

TEST_F(PagedLooksTest, ALinkThatStillWorksIsNotAskedForBetweenSweeps) {
  RestoreJob download = job(JobState::Ready, 1);
  download.delivery = Delivery::Download;
  download.has_link = true;
  download.expires_at = clock_.wall_now() + minutes(30);
  source_.put(first_.key, download);
  for (int n = 2; n <= 9; ++n) source_.put(first_.key, job(JobState::Completed, n));
  start({first_});
  pass(minutes(20));
  EXPECT_EQ(source_.gets(), 0);
  pass(minutes(15));
  EXPECT_GT(source_.gets(), 0);
}

TEST_F(PagedLooksTest, WhatChangedBehindThePagesThatWereReadIsSeenByTheNextSweep) {
  options_.full_sweep_interval = hours(1);
  for (int n = 1; n <= 9; ++n) source_.put(first_.key, job(JobState::Completed, n));
  start({first_});
  pass(minutes(1));
  source_.put(first_.key, job(JobState::Failed, 1));
  pass(minutes(2));
  EXPECT_EQ(view().summary.jobs[index_of(JobState::Failed)], 0U);
  pass(hours(1));
  EXPECT_EQ(view().summary.jobs[index_of(JobState::Failed)], 1U);
}

TEST_F(PagedLooksTest, AReadingThatStopsEarlyCountsAsALook) {
  for (int n = 1; n <= 9; ++n) source_.put(first_.key, job(JobState::Completed, n));
  start({first_});
  pass(minutes(5));
  EXPECT_GE(*view().last_success_at, clock_.wall_now() - minutes(1));
  EXPECT_EQ(view().up, true);
}

}  // namespace
}  // namespace restorewatch
