// Answers that are the same, byte by byte, as one that brought no news.

#include "poller/poller_fixture.h"

namespace restorewatch {
namespace {

class UnreadAnswersTest : public PollerTest {
 protected:
  UnreadAnswersTest() {
    source_.tell_answers_apart();
    options_.full_sweep_interval = hours(24);
    clock_.advance(hours(4));  // the tests' jobs have ended by now
  }

  void start_with(const RestoreJob& shown) {
    source_.put(first_.key, shown);
    start({first_});
    pass(minutes(3));
  }

  int unread_in(minutes time) {
    const int before = source_.unread();
    pass(time);
    return source_.unread() - before;
  }
};

TEST_F(UnreadAnswersTest, WhatBroughtNoNewsIsNotReadAgain) {
  start_with(job(JobState::Completed));
  EXPECT_EQ(unread_in(minutes(10)), 10);
  EXPECT_EQ(view().up, true);
  EXPECT_GE(*view().last_success_at, clock_.wall_now() - minutes(1));
}

TEST_F(UnreadAnswersTest, AnotherAnswerIsRead) {
  start_with(job(JobState::InProgress));
  source_.put(first_.key, job(JobState::Completed));
  pass(minutes(1));
  EXPECT_EQ(view().summary.jobs[index_of(JobState::Completed)], 1U);
  pass(minutes(2));
  EXPECT_EQ(unread_in(minutes(10)), 10);
}

TEST_F(UnreadAnswersTest, ASweepReadsEverything) {
  options_.full_sweep_interval = minutes(10);
  start_with(job(JobState::Completed));
  EXPECT_EQ(unread_in(minutes(20)), 18);
}

TEST_F(UnreadAnswersTest, WhereJobsAreAskedForTheListIsRead) {
  start_with(job(JobState::InProgress));
  source_.hide(job_id(1));
  pass(minutes(2));
  EXPECT_EQ(unread_in(minutes(5)), 0);
}

TEST_F(UnreadAnswersTest, WhatCannotBeReadIsTriedAgain) {
  source_.add_unreadable(first_.key, {to_string(job_id(7)), "its id is no text"});
  start_with(job(JobState::Completed));
  EXPECT_EQ(unread_in(minutes(5)), 0);
}

TEST_F(UnreadAnswersTest, AnEndInTheFutureIsJudgedAgain) {
  RestoreJob early = job(JobState::Completed);
  early.finished_at = clock_.wall_now() + minutes(20);
  start_with(early);
  EXPECT_EQ(unread_in(minutes(4)), 0);
  EXPECT_GT(unread_in(minutes(30)), 0);
}

TEST_F(UnreadAnswersTest, WhatAnotherTargetHasIsLookedForAgain) {
  source_.put(second_.key, job(JobState::Completed, 2));
  first_.key.project_id = second_.key.project_id;
  source_.put(first_.key, job(JobState::Completed, 2));
  start({first_, second_});
  pass(minutes(3));
  EXPECT_EQ(unread_in(minutes(5)), 5);  // of the one that owns the job
}

TEST_F(UnreadAnswersTest, RetentionMakesEverythingBeReadAgain) {
  start_with(job(JobState::Completed));
  poller_->forget(clock_.wall_now() - hours(24));
  EXPECT_EQ(unread_in(minutes(10)), 9);
}

TEST_F(UnreadAnswersTest, AReloadMakesEverythingBeReadAgain) {
  start_with(job(JobState::Completed));
  poller_->reconfigure(options_);
  EXPECT_EQ(unread_in(minutes(10)), 9);
}

TEST_F(UnreadAnswersTest, A404ForAJobThatIsListedDoesNotStand) {
  options_.active_interval = seconds(10);
  start_with(job(JobState::InProgress));
  source_.fail_gets(Error{ErrorKind::NotFound, "no such job"});
  pass(minutes(20));
  EXPECT_EQ(view().summary.jobs[index_of(JobState::InProgress)], 1U);
}

}  // namespace
}  // namespace restorewatch
