#include "poller/upkeep.h"

#include "poller/poller_fixture.h"

namespace restorewatch {
namespace {

class UpkeepTest : public PollerTest {
 protected:
  void SetUp() override {
    options_.retention = hours(24);
    start();
    upkeep_.emplace(hours(24),
                    Upkeep::Deps{loop_, clock_, store_, store_, Log(), [this] { return offset_; },
                                 [this](WallTime horizon) {
                                   ++cuts_;
                                   poller_->forget(horizon);
                                 }});
    upkeep_->start();
  }

  int heads() {
    int heads = 0;
    for (const JournalEntry& entry : *store_.read_after(0, 1000)) {
      if (entry.note() && entry.note()->kind == NoteKind::HeadAnnounced) ++heads;
    }
    return heads;
  }

  std::optional<std::chrono::milliseconds> offset_{0};
  std::optional<Upkeep> upkeep_;
  int cuts_ = 0;
};

TEST_F(UpkeepTest, TheHeadIsAnnouncedAtTheStartAndEveryDay) {
  EXPECT_EQ(heads(), 1);
  upkeep_->set_retention(hours(24 * 365));
  pass(hours(73));
  EXPECT_EQ(heads(), 4);
}

TEST_F(UpkeepTest, WhatIsOldIsCutEveryDayAndLeavesThePage) {
  pass(minutes(2));
  source_.put(first_.key, job(JobState::Completed, 1, hours(-1)));
  pass(minutes(5));
  const TargetCounters counters = view().counters;
  ASSERT_EQ(counters.finished[index_of(Kind::Restore)][index_of(Outcome::Completed)], 1U);
  ASSERT_EQ(view().summary.jobs[index_of(JobState::Completed)], 1U);
  pass(hours(72));
  EXPECT_EQ(cuts_, 4);
  EXPECT_TRUE(store_.load(first_.key)->jobs.empty());
  EXPECT_EQ(view().summary.jobs[index_of(JobState::Completed)], 0U) << "Atlas lists it still";
  EXPECT_EQ(view().counters, counters);
}

TEST_F(UpkeepTest, WhatWasCutIsNoNewsWhenMoreIsKeptLater) {
  pass(minutes(2));
  source_.put(first_.key, job(JobState::Completed, 1, hours(-1)));
  pass(hours(72));
  ASSERT_TRUE(store_.load(first_.key)->jobs.empty());
  const std::uint64_t last = *store_.last_seq();
  options_.retention = hours(24 * 365);
  start();  // on the same store
  pass(minutes(5));
  EXPECT_EQ(*store_.last_seq(), last);
  EXPECT_TRUE(store_.load(first_.key)->jobs.empty());
}

TEST_F(UpkeepTest, NothingIsCutWhileNobodyKnowsWhetherTheClockIsRight) {
  offset_.reset();
  pass(hours(25));
  EXPECT_EQ(cuts_, 1);  // the one at the start
  offset_ = std::chrono::hours(-24 * 365 * 4);
  pass(hours(25));
  EXPECT_EQ(cuts_, 1);
  offset_ = std::chrono::seconds(2);
  pass(minutes(2));
  EXPECT_EQ(cuts_, 2);
}

TEST_F(UpkeepTest, AfterAStopNothingIsDone) {
  upkeep_->stop();
  pass(hours(72));
  EXPECT_EQ(heads(), 1);
  EXPECT_EQ(cuts_, 1);
}

}  // namespace
}  // namespace restorewatch
