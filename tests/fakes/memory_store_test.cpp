#include "fakes/memory_store.h"

#include <gtest/gtest.h>

#include "store/inventory_samples.h"
#include "store/samples.h"

namespace restorewatch {
namespace {

JobStore::CommitDone append_to(std::vector<CommitStatus>& answers) {
  return [&answers](CommitStatus status) { answers.push_back(status); };
}

TEST(MemoryStoreTest, AnswersInsideCommitUnlessHeld) {
  MemoryStore store;
  std::vector<CommitStatus> answers;
  store.commit(sample_result(sample_target(), 0), append_to(answers));
  EXPECT_EQ(answers, std::vector{CommitStatus::Committed});
}

TEST(MemoryStoreTest, HeldCommitsAreWrittenWhenTheTestSaysSo) {
  MemoryStore store;
  std::vector<CommitStatus> answers;
  store.hold();
  store.commit(sample_result(sample_target(), 0), append_to(answers));
  store.commit(sample_result(sample_target(), 1, 1), append_to(answers));
  EXPECT_EQ(store.waiting(), 2U);
  EXPECT_TRUE(answers.empty());
  EXPECT_EQ(store.load(sample_target())->version, 0U);

  EXPECT_TRUE(store.answer_next());
  EXPECT_EQ(answers.size(), 1U);
  EXPECT_EQ(store.load(sample_target())->version, 1U);

  store.release();
  EXPECT_EQ(answers.size(), 2U);
  EXPECT_FALSE(store.answer_next());
  store.commit(sample_result(sample_target(), 2, 2), append_to(answers));
  EXPECT_EQ(answers.size(), 3U);
}

TEST(MemoryStoreTest, FailsWhenTold) {
  MemoryStore store;
  std::vector<CommitStatus> answers;
  store.fail_writes(true);
  store.commit(sample_result(sample_target(), 0), append_to(answers));
  store.save_inventory({sample_project(1)});
  store.fail_writes(false);
  EXPECT_EQ(answers, std::vector{CommitStatus::Failed});
  EXPECT_EQ(store.load(sample_target())->version, 0U);
  EXPECT_TRUE(store.load_inventory()->empty());

  store.fail_reads(true);
  EXPECT_EQ(store.load(sample_target()).error().kind, ErrorKind::Storage);
  EXPECT_FALSE(store.load_totals().ok());
  EXPECT_FALSE(store.known_targets().ok());
  EXPECT_FALSE(store.read_after(0, 1).ok());
  EXPECT_FALSE(store.last_seq().ok());
  EXPECT_FALSE(store.cursor("log").ok());
  EXPECT_FALSE(store.load_inventory().ok());
}

TEST(MemoryStoreTest, TellsTheListenerOfNewJournalRowsOnly) {
  MemoryStore store;
  int told = 0;
  store.on_journal([&told] { ++told; });
  const auto ignore = [](CommitStatus) {};
  PollResult without_rows = sample_result(sample_target(), 0);
  without_rows.transitions.clear();
  store.commit(without_rows, ignore);
  EXPECT_EQ(told, 0);
  store.commit(sample_result(sample_target(), 1), ignore);
  EXPECT_EQ(told, 1);
  store.commit(sample_result(sample_target(), 1), ignore);  // a conflict
  EXPECT_EQ(told, 1);
}

}  // namespace
}  // namespace restorewatch
