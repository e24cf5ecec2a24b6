// A disk that is full, and a process that is killed, at every single step of writing.

#include <gtest/gtest.h>

#include "store/child_process.h"
#include "store/commit_answer.h"
#include "store/open_store.h"
#include "store/run_sql.h"
#include "store/samples.h"
#include "store/temporary_folder.h"
#include "store/watched_files.h"

namespace restorewatch {
namespace {

constexpr std::string_view kAnnounced = "a";

/// What is known after the first `commits` of the two that these tests make.
struct Expected {
  explicit Expected(std::uint64_t commits) {
    record.key = sample_target();
    for (std::uint64_t i = 0; i < commits; ++i) {
      const PollResult result = nth(i);
      apply(result, record);
      for (const Transition& transition : result.transitions) {
        count(transition, totals);
        journal.push_back({journal.size() + 1, transition});
      }
    }
  }
  static PollResult nth(std::uint64_t i) {
    return i == 0 ? sample_result(sample_target(), 0) : full_result(sample_target(), 1);
  }

  TargetRecord record;
  FleetTotals totals;
  std::vector<JournalEntry> journal;
};

void expect_exactly(SqliteStore& store, std::uint64_t commits) {
  const Expected expected(commits);
  EXPECT_EQ(store.load(sample_target()).value(), expected.record);
  EXPECT_EQ(store.load_totals().value(), expected.totals);
  EXPECT_EQ(store.read_after(0, 100).value(), expected.journal);
}

TEST(StoreFailureTest, AFullDiskFailsTheCommitAndTheNextOneSucceeds) {
  bool went_through = false;
  for (int step = 0; !went_through; ++step) {
    SCOPED_TRACE(step);
    ASSERT_LT(step, 200);
    const TemporaryFolder folder;
    WatchedFiles files;
    {
      OpenStore store(folder.file("store.db"));
      ASSERT_EQ(commit_and_wait(store.store(), Expected::nth(0)), CommitStatus::Committed);

      files.fill_disk(step);
      const CommitStatus status = commit_and_wait(store.store(), Expected::nth(1));
      files.free_disk();
      went_through = status == CommitStatus::Committed;
      EXPECT_EQ(store->healthy(), went_through);
      expect_exactly(store.store(), went_through ? 2 : 1);
      if (!went_through) {
        EXPECT_EQ(store.counter("restorewatch_store_commits_total", "failed"), 1);
        EXPECT_EQ(commit_and_wait(store.store(), Expected::nth(1)), CommitStatus::Committed);
        EXPECT_TRUE(store->healthy());
      }
      expect_exactly(store.store(), 2);
    }
    OpenStore again(folder.file("store.db"));
    expect_exactly(again.store(), 2);
    if (went_through) {
      EXPECT_GT(step, 2) << "no step of the commit was reached";
    }
  }
}

TEST(StoreFailureTest, EveryResultOfAFailedTransactionFails) {
  const TemporaryFolder folder;
  WatchedFiles files;
  OpenStore store(folder.file("store.db"));
  files.fill_disk();
  std::vector<std::future<CommitStatus>> answers;
  for (unsigned i = 0; i < 20; ++i) {
    answers.push_back(start_commit(store.store(), sample_result(sample_target(i), 0, i)));
  }
  for (auto& answer : answers) EXPECT_EQ(answer_of(std::move(answer)), CommitStatus::Failed);
  EXPECT_EQ(store->last_seq().value(), 0U);
  files.free_disk();
}

// Not every error makes SQLite roll back by itself: a table that is missing does not.
TEST(StoreFailureTest, AFailureHalfWayThroughLeavesNothingBehindAndNoTransactionOpen) {
  const TemporaryFolder folder;
  OpenStore store(folder.file("store.db"));
  run_sql(folder.file("store.db"), "ALTER TABLE totals RENAME TO hidden");
  EXPECT_EQ(commit_and_wait(store.store(), Expected::nth(0)), CommitStatus::Failed);
  run_sql(folder.file("store.db"), "ALTER TABLE hidden RENAME TO totals");
  expect_exactly(store.store(), 0);
  EXPECT_EQ(commit_and_wait(store.store(), Expected::nth(0)), CommitStatus::Committed);
  expect_exactly(store.store(), 1);
}

TEST(StoreFailureTest, ACursorThatCouldNotBeWrittenIsWrittenLater) {
  const TemporaryFolder folder;
  WatchedFiles files;
  {
    OpenStore store(folder.file("store.db"));
    files.fill_disk();
    store->advance("log", 1);
    ASSERT_EQ(commit_and_wait(store.store(), Expected::nth(0)), CommitStatus::Failed);
    EXPECT_EQ(store->cursor("log").value(), 1U);
    files.free_disk();
    ASSERT_EQ(commit_and_wait(store.store(), Expected::nth(0)), CommitStatus::Committed);
  }
  OpenStore again(folder.file("store.db"));
  EXPECT_EQ(again->cursor("log").value(), 1U);
}

TEST(StoreFailureTest, ACommitThatWasAnnouncedSurvivesTheProcess) {
  const TemporaryFolder folder;
  const std::string path = folder.file("store.db");
  {
    ChildProcess child([&path](const ChildProcess::Say& say) {
      OpenStore store(path);
      store->commit(Expected::nth(0), [&say](CommitStatus status) {
        if (status == CommitStatus::Committed) say(kAnnounced);
        ::raise(SIGKILL);
      });
      wait_to_be_killed();
    });
    ASSERT_EQ(child.hear_all(), kAnnounced);
    EXPECT_EQ(child.exit_code(), std::nullopt);
  }
  OpenStore again(path);
  expect_exactly(again.store(), 1);
}

// Opens a new store, commits twice, closes it; says when a commit is announced.
void live_one_life(const std::string& path, int killed_at, const ChildProcess::Say& say) {
  WatchedFiles files;
  files.kill_at(killed_at);
  OpenStore store(path);
  for (std::uint64_t i = 0; i < 2; ++i) {
    if (commit_and_wait(store.store(), Expected::nth(i)) == CommitStatus::Committed) {
      say(kAnnounced);
    }
  }
}

TEST(StoreFailureTest, AfterAKillAtAnyStepNothingAnnouncedIsLostAndNothingIsHalf) {
  bool lived_to_the_end = false;
  for (int step = 0; !lived_to_the_end; ++step) {
    SCOPED_TRACE(step);
    ASSERT_LT(step, 500);
    const TemporaryFolder folder;
    const std::string path = folder.file("store.db");
    ChildProcess child([&](const ChildProcess::Say& say) { live_one_life(path, step, say); });
    const std::uint64_t announced = child.hear_all().size();
    lived_to_the_end = child.exit_code() == 0;

    OpenStore again(path);
    const std::uint64_t committed = again->load(sample_target())->version;
    EXPECT_GE(committed, announced);
    EXPECT_LE(committed, announced + 1);
    expect_exactly(again.store(), committed);
    if (lived_to_the_end) {
      EXPECT_EQ(committed, 2U);
      EXPECT_GT(step, 10) << "no step of the commits was reached";
    }
  }
}

}  // namespace
}  // namespace restorewatch
