#include "store/archive_reader.h"

#include <gtest/gtest.h>

#include "store/commit_answer.h"
#include "store/open_store.h"
#include "store/run_sql.h"
#include "store/samples.h"
#include "store/temporary_folder.h"

namespace restorewatch {
namespace {

class ArchiveReaderTest : public testing::Test {
 protected:
  void SetUp() override {
    store_ = std::make_unique<OpenStore>(folder_.file("store.db"));
    auto opened = ArchiveReader::open(folder_.file("store.db"));
    ASSERT_TRUE(opened.ok());
    archive_ = *std::move(opened);
  }
  void TearDown() override { archive_.reset(); }

  /// Commits a job and its transition.
  void commit(const TargetKey& target, unsigned job_number) {
    const std::uint64_t version = store_->store().load(target).value().version;
    ASSERT_EQ(commit_and_wait(store_->store(), full_result(target, version, job_number)),
              CommitStatus::Committed);
  }

  void note() {
    std::promise<CommitStatus> answer;
    store_->store().record({{NoteKind::ConfigurationLoaded, WallTime{}}},
                           [&](CommitStatus status) { answer.set_value(status); });
    ASSERT_EQ(answer.get_future().get(), CommitStatus::Committed);
  }

  std::vector<JobId> jobs_of(const JobQuestion& question) {
    std::vector<JobId> ids;
    const auto jobs = archive_->jobs_of(question);
    EXPECT_TRUE(jobs.ok());
    for (const TrackedJob& tracked : *jobs) ids.push_back(tracked.job.id);
    return ids;
  }

  TemporaryFolder folder_;
  std::unique_ptr<OpenStore> store_;
  std::unique_ptr<ArchiveReader> archive_;
};

using Ids = std::vector<JobId>;

TEST_F(ArchiveReaderTest, JobsComeNewestFirstAPageAtATime) {
  const TargetKey target = sample_target(1);
  for (unsigned n = 1; n <= 5; ++n) commit(target, n);
  commit(sample_target(2), 9);
  EXPECT_EQ(jobs_of({target, {}, kAnyJobState, 2}), (Ids{sample_job_id(5), sample_job_id(4)}));
  EXPECT_EQ(jobs_of({target, sample_job_id(4), kAnyJobState, 100}),
            (Ids{sample_job_id(3), sample_job_id(2), sample_job_id(1)}));
  EXPECT_EQ(jobs_of({sample_target(3), {}, kAnyJobState, 100}), Ids{});
  const auto whole = archive_->jobs_of({target, {}, kAnyJobState, 1});
  EXPECT_EQ(whole->front(), full_job(5));
}

TEST_F(ArchiveReaderTest, JobsArePickedByState) {
  const TargetKey target = sample_target(1);
  commit(target, 1);
  ASSERT_EQ(commit_and_wait(store_->store(), sample_result(target, 1, 2)), CommitStatus::Committed);
  ASSERT_NE(sample_job(2).job.state, full_job(1).job.state);
  EXPECT_EQ(jobs_of({target, {}, only(sample_job(2).job.state), 100}), Ids{sample_job_id(2)});
  EXPECT_EQ(jobs_of({target, {}, only(full_job(1).job.state), 100}), Ids{sample_job_id(1)});
  EXPECT_EQ(jobs_of({target, {}, only(JobState::Lost), 100}), Ids{});
}

TEST_F(ArchiveReaderTest, TransitionsAreReadPastNotes) {
  commit(sample_target(1), 1);
  note();
  commit(sample_target(1), 2);
  note();
  const auto first = archive_->transitions_after(0, 1);
  ASSERT_TRUE(first.ok());
  ASSERT_EQ(first->entries.size(), 1U);
  EXPECT_EQ(first->read_to, 1U);
  EXPECT_FALSE(first->is_last);
  const auto second = archive_->transitions_after(1, 100);
  ASSERT_EQ(second->entries.size(), 1U);
  EXPECT_EQ(second->entries[0].seq, 3U);
  EXPECT_EQ(second->entries[0], store_->store().read_after(2, 1).value().front());
  EXPECT_EQ(second->read_to, 4U) << "the note is read past";
  EXPECT_TRUE(second->is_last);
  const auto behind = archive_->transitions_after(4, 100);
  EXPECT_TRUE(behind->entries.empty());
  EXPECT_EQ(behind->read_to, 4U);
}

TEST_F(ArchiveReaderTest, APlaceThatAnotherStoreGaveIsRefused) {
  commit(sample_target(1), 1);
  ASSERT_TRUE(archive_->transitions_after(1, 100).ok());
  for (const std::uint64_t beyond : {std::uint64_t{2}, ~std::uint64_t{0} >> 1U}) {
    const auto page = archive_->transitions_after(beyond, 100);
    ASSERT_FALSE(page.ok());
    EXPECT_EQ(page.error().kind, ErrorKind::BadConfig);
    EXPECT_NE(page.error().detail.find("the newest entry is 1"), std::string::npos);
  }
}

TEST_F(ArchiveReaderTest, WhatRetentionHasCutCostsNothing) {
  for (unsigned n = 1; n <= 3; ++n) commit(sample_target(1), n);
  run_sql(folder_.file("store.db"),
          "UPDATE journal SET seq = seq + 100000;"
          "UPDATE sqlite_sequence SET seq = seq + 100000 WHERE name = 'journal'");
  const auto page = archive_->transitions_after(0, 100);
  ASSERT_TRUE(page.ok());
  EXPECT_EQ(page->entries.size(), 3U);
  EXPECT_EQ(page->read_to, 100'003U);
}

TEST_F(ArchiveReaderTest, OfOneAnswerOnlySoManyEntriesAreRead) {
  for (unsigned n = 1; n <= 2; ++n) commit(sample_target(1), n);
  run_sql(folder_.file("store.db"),
          "UPDATE journal SET seq = 50000 WHERE seq = 2;"
          "UPDATE sqlite_sequence SET seq = 50000 WHERE name = 'journal'");
  const auto page = archive_->transitions_after(0, 100);
  ASSERT_TRUE(page.ok());
  EXPECT_EQ(page->entries.size(), 1U);
  EXPECT_EQ(page->read_to, ArchiveReader::kMaxEntriesRead);
  EXPECT_FALSE(page->is_last);
  EXPECT_EQ(archive_->transitions_after(page->read_to, 100)->entries.size(), 1U);
}

TEST_F(ArchiveReaderTest, TheNewestTransitionsComeFirst) {
  for (unsigned n = 1; n <= 3; ++n) commit(sample_target(1), n);
  note();
  const auto newest = archive_->newest_transitions(2);
  ASSERT_TRUE(newest.ok());
  ASSERT_EQ(newest->size(), 2U);
  EXPECT_EQ((*newest)[0].seq, 3U);
  EXPECT_EQ((*newest)[1].seq, 2U);
}

}  // namespace
}  // namespace restorewatch
