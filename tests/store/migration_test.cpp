// Files that earlier versions wrote (tests/fixtures/store/README.md), taken forward.

#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include "store/commit_answer.h"
#include "store/fields.h"
#include "store/open_store.h"
#include "store/run_sql.h"
#include "store/samples.h"
#include "store/temporary_folder.h"
#include "store/verifier.h"

namespace restorewatch {
namespace {

class MigrationTest : public testing::Test {
 protected:
  void SetUp() override { take("version-1.db"); }

  void take(const std::string& fixture) {
    std::filesystem::copy_file(RW_SOURCE_DIR "/tests/fixtures/store/" + fixture, path(),
                               std::filesystem::copy_options::overwrite_existing);
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

/// What a column of times holds, by job.
std::map<JobId, std::optional<WallTime>> times(const std::string& path, const char* column) {
  std::map<JobId, std::optional<WallTime>> times;
  auto database = Database::open(path, Database::Mode::ReadOnly);
  EXPECT_TRUE(database.ok());
  Statement statement = database->prepare(std::string("SELECT job_id, ") + column + " FROM jobs");
  Query query(statement);
  while (query.next()) {
    const auto id = get<JobId>(query);
    times[id] = get<std::optional<WallTime>>(query);
  }
  EXPECT_TRUE(query.ok()) << query.error().detail;
  return times;
}

TEST_F(MigrationTest, KeepsEverythingOfVersion2) {
  take("version-2.db");
  run_sql(path(), "UPDATE jobs SET ended_at = ended_at + 1500 WHERE state = 6");  // another time
  const auto ended_at = times(path(), "ended_at");
  const auto finished_at = times(path(), "finished_at");
  OpenStore store(path());
  std::size_t jobs = 0;
  for (const TargetKey& target : *store->known_targets()) {
    const TargetRecord record = *store->load(target);
    for (const JobView job : record.jobs) {
      EXPECT_EQ(job.time(JobTime::Ended), ended_at.at(job.id())) << to_string(job.id());
      EXPECT_EQ(job.time(JobTime::Finished), finished_at.at(job.id())) << to_string(job.id());
      ++jobs;
    }
  }
  EXPECT_EQ(jobs, 34U);
  EXPECT_EQ(jobs, ended_at.size());
  EXPECT_EQ(store->last_seq().value(), 49U);
  EXPECT_TRUE(verify_store(path(), {})->sound());
}

TEST_F(MigrationTest, KeepsEverythingOfVersion3) {
  take("version-3.db");
  OpenStore store(path());
  std::size_t jobs = 0;
  for (const TargetKey& target : *store->known_targets()) {
    const TargetRecord record = *store->load(target);
    jobs += record.jobs.size();
    EXPECT_EQ(record.last_violation_at, LastViolations{});
  }
  EXPECT_EQ(jobs, 34U);
  EXPECT_EQ(store->last_seq().value(), 49U);
  PollResult result = sample_result(sample_target(99), 0, 1);
  result.transitions.at(0).violations.set(index_of(PolicyRule::Download));
  ASSERT_EQ(commit_and_wait(store.store(), result), CommitStatus::Committed);
  EXPECT_TRUE(store->load(sample_target(99))->last_violation_at[index_of(PolicyRule::Download)]);
  EXPECT_TRUE(verify_store(path(), {})->sound());
}

TEST_F(MigrationTest, VerifyLeavesAnOldFileAlone) {
  EXPECT_NE(verify_store(path(), {}).error().detail.find("schema version 1"), std::string::npos);
}

}  // namespace
}  // namespace restorewatch
