// A store as an auditor reads it: of one moment, without writing, and row by row.

#include <gtest/gtest.h>

#include <filesystem>

#include "store/commit_answer.h"
#include "store/evidence_reader.h"
#include "store/open_store.h"
#include "store/run_sql.h"
#include "store/samples.h"
#include "store/temporary_folder.h"

namespace restorewatch {
namespace {

namespace fs = std::filesystem;

class EvidenceReaderTest : public testing::Test {
 protected:
  std::string path() const { return folder_.file("store.db"); }

  void commit(PollResult result) {
    ASSERT_EQ(commit_and_wait(open_->store(), std::move(result)), CommitStatus::Committed);
  }

  std::unique_ptr<EvidenceReader> reader() const {
    auto opened = EvidenceReader::open(path());
    EXPECT_TRUE(opened) << opened.error().detail;
    return *std::move(opened);
  }

  static std::vector<JobId> steps_of(EvidenceReader& reader) {
    std::vector<JobId> ids;
    EXPECT_TRUE(reader.each_step([&](const Transition& step) { ids.push_back(step.job.id); }));
    return ids;
  }

  TemporaryFolder folder_;
  std::unique_ptr<OpenStore> open_ = std::make_unique<OpenStore>(folder_.file("store.db"));
};

TEST_F(EvidenceReaderTest, ReadsOneMomentWhileTheDaemonWrites) {
  commit(sample_result(sample_target(), 0, 1));
  const auto at_first = reader();
  ASSERT_EQ(steps_of(*at_first).size(), 1U);
  commit(sample_result(sample_target(), 1, 2));
  EXPECT_EQ(steps_of(*at_first).size(), 1U);
  std::size_t entries = 0;
  EXPECT_TRUE(at_first->each_entry([&](const JournalEntry&) { ++entries; }));
  EXPECT_EQ(entries, 1U);
  EXPECT_EQ(at_first->verify()->head.seq, 1U);
  EXPECT_TRUE(at_first->still_of_one_moment());
  EXPECT_EQ(steps_of(*reader()).size(), 2U);
}

TEST_F(EvidenceReaderTest, StepsComeByJobAndThenInOrder) {
  commit(sample_result(sample_target(0), 0, 2));
  commit(sample_result(sample_target(1), 0, 1));
  commit(full_result(sample_target(0), 1, 2));
  EXPECT_EQ(steps_of(*reader()),
            (std::vector<JobId>{sample_job_id(1), sample_job_id(2), sample_job_id(2)}));
  std::vector<std::optional<Outcome>> outcomes;
  EXPECT_TRUE(reader()->each_step([&](const Transition& step) {
    if (step.job.id == sample_job_id(2)) outcomes.push_back(step.outcome);
  }));
  EXPECT_EQ(outcomes, (std::vector<std::optional<Outcome>>{std::nullopt, Outcome::Completed}));
}

TEST_F(EvidenceReaderTest, SilentJobsAreThoseWithoutAnEntry) {
  PollResult baseline = sample_result(sample_target(), 0, 1);
  baseline.jobs.push_back(full_job(2));  // without a transition
  commit(std::move(baseline));
  std::vector<std::pair<TargetKey, TrackedJob>> silent;
  EXPECT_TRUE(reader()->each_silent_job(
      [&](const TargetKey& target, const TrackedJob& job) { silent.emplace_back(target, job); }));
  ASSERT_EQ(silent.size(), 1U);
  EXPECT_EQ(silent[0].first, sample_target());
  EXPECT_EQ(silent[0].second, full_job(2));
}

TEST_F(EvidenceReaderTest, KnowsWhenAnythingWasLookedAtLast) {
  EXPECT_EQ(*reader()->last_looked_at(), std::nullopt);
  commit(sample_result(sample_target(0), 0, 1));
  PollResult later = sample_result(sample_target(1), 0, 2);
  later.looked_at = *later.looked_at + std::chrono::hours(1);
  const auto last = later.looked_at;
  commit(std::move(later));
  EXPECT_EQ(*reader()->last_looked_at(), last);
  EXPECT_EQ(*reader()->forgotten_before(), std::nullopt);
}

TEST_F(EvidenceReaderTest, KnowsWhichTargetsWereEverRead) {
  PollResult whole = sample_result(sample_target(0), 0, 1);
  whole.baseline_at = whole.looked_at;
  const WallTime read_at = *whole.looked_at;
  commit(std::move(whole));
  PollResult part = sample_result(sample_target(1), 0, 2);
  part.baseline_at.reset();
  commit(std::move(part));
  EXPECT_EQ(reader()->first_reads().value(),
            (std::vector<std::pair<TargetKey, WallTime>>{{sample_target(0), read_at}}));
}

TEST_F(EvidenceReaderTest, LeavesAStoreAtRestAsItIs) {
  commit(sample_result(sample_target(), 0, 1));
  open_.reset();
  ASSERT_FALSE(fs::exists(path() + "-wal"));
  fs::permissions(path(), fs::perms::owner_read);
  const auto at_rest = reader();
  EXPECT_EQ(steps_of(*at_rest).size(), 1U);
  EXPECT_TRUE(at_rest->verify()->sound());
  EXPECT_TRUE(at_rest->still_of_one_moment());
  EXPECT_FALSE(fs::exists(path() + "-wal"));
  EXPECT_FALSE(fs::exists(path() + "-shm"));
}

TEST_F(EvidenceReaderTest, NoticesThatTheDaemonHasStartedMeanwhile) {
  open_.reset();
  const auto at_rest = reader();
  open_ = std::make_unique<OpenStore>(path());
  const Status still = at_rest->still_of_one_moment();
  ASSERT_FALSE(still);
  EXPECT_NE(still.error().detail.find("run the command again"), std::string::npos);
}

TEST_F(EvidenceReaderTest, RefusesWhatIsNoStore) {
  EXPECT_FALSE(EvidenceReader::open(folder_.file("nothing.db")));
  run_sql(folder_.file("other.db"), "CREATE TABLE x (y)");
  const auto other = EvidenceReader::open(folder_.file("other.db"));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().kind, ErrorKind::BadConfig);
}

}  // namespace
}  // namespace restorewatch
