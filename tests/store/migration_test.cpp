// A file that the first version wrote (tests/fixtures/store/README.md), taken forward.

#include <gtest/gtest.h>

#include <filesystem>

#include "store/commit_answer.h"
#include "store/open_store.h"
#include "store/run_sql.h"
#include "store/samples.h"
#include "store/temporary_folder.h"
#include "store/verifier.h"

namespace restorewatch {
namespace {

class MigrationTest : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::copy_file(RW_SOURCE_DIR "/tests/fixtures/store/version-1.db", path());
  }
  std::string path() const { return folder_.file("store.db"); }

  TemporaryFolder folder_;
};

TEST_F(MigrationTest, KeepsEverythingOfVersion1) {
  OpenStore store(path());
  const auto targets = *store->known_targets();
  EXPECT_EQ(targets.size(), 13U);
  std::size_t jobs = 0;
  TargetCounters sum;
  for (const TargetKey& target : targets) {
    const TargetRecord record = *store->load(target);
    EXPECT_TRUE(record.baseline_at);
    jobs += record.jobs.size();
    merge(record.counters, sum);
  }
  EXPECT_EQ(jobs, 34U);
  auto entries = *store->read_after(0, 1000);
  ASSERT_EQ(entries.size(), 33U);
  EXPECT_EQ(entries.back().note()->kind, NoteKind::StoreUpgraded);
  entries.pop_back();
  EXPECT_EQ(store->cursor("log").value(), 32U);
  EXPECT_EQ(store->load_inventory()->size(), 2U);

  FleetTotals counted;
  TargetCounters counted_sum;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    EXPECT_EQ(entries[i].seq, i + 1);
    ASSERT_TRUE(entries[i].transition());
    count(*entries[i].transition(), counted);
    count(*entries[i].transition(), counted_sum);
  }
  EXPECT_EQ(*store->load_totals(), counted);
  EXPECT_EQ(sum, counted_sum);
}

TEST_F(MigrationTest, ChainsTheOldJournal) {
  { const OpenStore store(path()); }
  const Verification verification = *verify_store(path(), {});
  EXPECT_TRUE(verification.sound()) << testing::PrintToString(verification.findings);
  // For ever: a change here says that every journal there is has other hashes than it was given.
  EXPECT_EQ(to_string(verification.head),
            "33:9a7f12ece6add520fa917a0c7564246f2597fe204bc2e55a6d4fb2e57c282f55");
}

TEST_F(MigrationTest, GoesOnBehindTheOldJournal) {
  {
    OpenStore store(path());
    ASSERT_EQ(commit_and_wait(store.store(), full_result(sample_target(99), 0)),
              CommitStatus::Committed);
    EXPECT_EQ(store->last_seq().value(), 34U);
  }
  EXPECT_TRUE(verify_store(path(), {})->sound());
}

TEST_F(MigrationTest, CountersOfAClusterThatHadAnotherNameThenAreProvedAllTheSame) {
  run_sql(path(),
          "UPDATE journal SET cluster_name = 'before', cluster_id = NULL "
          "WHERE cluster_name = (SELECT cluster_name FROM journal LIMIT 1)");
  { const OpenStore store(path()); }
  const Verification verification = *verify_store(path(), {});
  EXPECT_TRUE(verification.sound()) << testing::PrintToString(verification.findings);
}

TEST_F(MigrationTest, IsAllOrNothing) {
  run_sql(path(), "UPDATE journal SET to_state = 99 WHERE seq = 20");
  EXPECT_NE(refusal_of(path()).detail.find("unknown value"), std::string::npos);
  run_sql(path(),
          "UPDATE journal SET to_state = (SELECT to_state FROM journal WHERE seq = 19) "
          "WHERE seq = 20");  // version 1's table, still there
  const OpenStore store(path());
}

TEST_F(MigrationTest, TheAnchorThatItBeginsWithIsProved) {
  { const OpenStore store(path()); }
  run_sql(path(),
          "UPDATE anchor_counters SET value = value + 1;"
          "UPDATE target_counters SET value = value + 1");
  const Verification verification = *verify_store(path(), {});
  ASSERT_EQ(verification.findings.size(), 1U) << testing::PrintToString(verification.findings);
  EXPECT_NE(verification.findings[0].find("the anchor is not"), std::string::npos);
}

TEST_F(MigrationTest, VerifyLeavesAnOldFileAlone) {
  EXPECT_NE(verify_store(path(), {}).error().detail.find("schema version 1"), std::string::npos);
}

}  // namespace
}  // namespace restorewatch
