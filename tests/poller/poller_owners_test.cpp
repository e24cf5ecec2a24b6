// A job that several targets list is one job, however their looks interleave.

#include "poller/poller_fixture.h"

namespace restorewatch {
namespace {

class PollerOwnersTest : public PollerTest {
 protected:
  PollerOwnersTest() {
    options_.spread = false;  // all looks at the same moment
    options_.collection_interval = options_.interval;
    sibling_.key.source = Source::Collection;
  }

  void start_and_look() {
    start({first_, sibling_});
    pass(seconds(30));
  }

  void put_in_both(JobState state) {
    source_.put(first_.key, job(state));
    source_.put(sibling_.key, job(state));
  }

  std::uint64_t finished(Outcome outcome) {
    std::uint64_t count = 0;
    for (const Target& target : {first_, sibling_}) {
      count += store_.load(target.key)
                   ->counters.finished[index_of(Kind::Restore)]
                   .at(static_cast<std::size_t>(outcome));
    }
    return count;
  }

  Target sibling_ = first_;
};

TEST_F(PollerOwnersTest, AJobThatTwoTargetsShowAtTheSameMomentCountsOnce) {
  start_and_look();
  put_in_both(JobState::Failed);
  pass(minutes(3));
  EXPECT_EQ(journal().size(), 1U);
  EXPECT_EQ(finished(Outcome::Failed), 1U);
  EXPECT_EQ(metric("restorewatch_anomalies_total", "kind=\"listed_twice\""), 1);
}

TEST_F(PollerOwnersTest, AlsoWhileTheFirstCommitIsOnItsWay) {
  start_and_look();
  store_.hold();
  put_in_both(JobState::Failed);
  pass(minutes(1));
  EXPECT_EQ(store_.waiting(), 1U);
  store_.release();
  pass(minutes(3));
  EXPECT_EQ(finished(Outcome::Failed), 1U);
}

TEST_F(PollerOwnersTest, AClaimEndsWithACommitThatFails) {
  start_and_look();
  store_.fail_writes(true);
  put_in_both(JobState::Failed);
  pass(minutes(1));
  source_.remove(first_.key, job_id(1));
  source_.remove(sibling_.key, job_id(1));
  source_.put(sibling_.key, job(JobState::Failed));
  store_.fail_writes(false);
  pass(minutes(1));
  EXPECT_EQ(finished(Outcome::Failed), 1U);
}

TEST_F(PollerOwnersTest, AJobThatMovesIsTakenAsItsOwnersLastCommitLeavesIt) {
  start_and_look();
  source_.put(first_.key, job(JobState::InProgress));
  pass(minutes(1));
  source_.put(first_.key, job(JobState::Failed));
  store_.hold();
  pass(minutes(1));                 // the old owner's commit waits,
  watch(inventory_of({sibling_}));  // and its source is not looked at any more
  source_.put(sibling_.key, job(JobState::Failed));
  pass(minutes(2));
  store_.release();
  pass(minutes(2));
  EXPECT_EQ(finished(Outcome::Failed), 1U);
  EXPECT_EQ(journal().size(), 2U);
}

}  // namespace
}  // namespace restorewatch
