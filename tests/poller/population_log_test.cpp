#include "poller/population_log.h"

#include "poller/poller_fixture.h"

namespace restorewatch {
namespace {

/// A poller whose snapshots go into the log, as in the daemon.
class PopulationLogTest : public PollerTest {
 protected:
  void SetUp() override {
    options_.stale_after = minutes(15);
    start_logging();
  }

  void start_logging() {
    start();
    log_.emplace(PopulationLog::Deps{loop_, clock_, store_});
    ASSERT_TRUE(log_->load().ok());
  }

  /// Lets time pass and shows the log what there is every second.
  void live(seconds time) {
    for (seconds passed{0}; passed < time; ++passed) {
      pass(seconds(1));
      log_->update(*snapshot_);
    }
  }

  std::vector<std::string> notes() {
    std::vector<std::string> notes;
    for (const JournalEntry& entry : *store_.read_after(0, 1000)) {
      if (!entry.note()) continue;
      notes.push_back(std::string(label(entry.note()->kind)) + " " +
                      entry.note()->target->cluster_name);
    }
    return notes;
  }

  const std::string name_ = first_.key.cluster_name;
  std::optional<PopulationLog> log_;
};

TEST_F(PopulationLogTest, WhatIsWatchedIsNotedOnce) {
  live(minutes(30));
  EXPECT_EQ(notes(), (std::vector<std::string>{"target_added " + name_, "target_added other"}));
}

TEST_F(PopulationLogTest, WhatIsNotWatchedAnyMoreIsNoted) {
  live(minutes(2));
  watch(inventory_of({first_}));
  live(minutes(2));
  EXPECT_EQ(notes().back(), "target_removed other");
}

TEST_F(PopulationLogTest, BlindnessIsNotedOnceAndSoIsItsEnd) {
  live(minutes(2));
  source_.fail(first_.key, Error{ErrorKind::Forbidden, "no"});
  live(minutes(14));
  EXPECT_EQ(notes().size(), 2U);
  live(minutes(30));
  EXPECT_EQ(notes().size(), 3U);
  EXPECT_EQ(notes().back(), "target_blind " + name_);
  source_.fail(first_.key, std::nullopt);
  live(minutes(5));
  EXPECT_EQ(notes().size(), 4U);
  EXPECT_EQ(notes().back(), "target_visible " + name_);
}

TEST_F(PopulationLogTest, ARestartSaysNothingAgain) {
  live(minutes(2));
  source_.fail(first_.key, Error{ErrorKind::Forbidden, "no"});
  live(minutes(20));
  const auto before = notes();
  start_logging();
  live(minutes(30));
  EXPECT_EQ(notes(), before);
}

TEST_F(PopulationLogTest, WhatTheStoreCouldNotWriteComesLater) {
  store_.fail_writes(true);
  live(minutes(2));
  EXPECT_TRUE(notes().empty());
  store_.fail_writes(false);
  live(minutes(1));
  EXPECT_EQ(notes().size(), 2U);
}

TEST_F(PopulationLogTest, NothingIsGoneBeforeTheFirstDiscoveryIsOver) {
  live(minutes(2));
  Inventory unsettled = inventory_of({first_});
  unsettled.settled = false;
  watch(unsettled);
  live(minutes(2));
  EXPECT_EQ(notes().size(), 2U);
}

}  // namespace
}  // namespace restorewatch
