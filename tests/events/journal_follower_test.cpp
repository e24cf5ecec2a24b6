#include "events/journal_follower.h"

#include <gtest/gtest.h>

#include "events/event_samples.h"
#include "fakes/memory_store.h"

namespace restorewatch {
namespace {

using namespace testing_events;
using Beginning = JournalFollower::Beginning;

class JournalFollowerTest : public testing::Test {
 protected:
  void record(int count, WallTime at = noon()) {
    for (int i = 0; i < count; ++i) {
      store_.record({Note{NoteKind::DaemonStarted, at}}, [](CommitStatus) {});
    }
  }

  static std::vector<std::uint64_t> numbers(const Result<JournalFollower::Batch>& batch) {
    std::vector<std::uint64_t> numbers;
    for (const JournalEntry& entry : batch->entries) numbers.push_back(entry.seq);
    return numbers;
  }

  using Numbers = std::vector<std::uint64_t>;
  MemoryStore store_;
};

TEST_F(JournalFollowerTest, ReadsEachEntryOnce) {
  record(3);
  JournalFollower follower(store_, "a", Beginning::OfTheStore);
  EXPECT_EQ(numbers(follower.read(2)), (Numbers{1, 2}));
  EXPECT_EQ(numbers(follower.read(2)), (Numbers{3}));
  EXPECT_EQ(numbers(follower.read(2)), Numbers{});
  record(1);
  EXPECT_EQ(numbers(follower.read(2)), (Numbers{4}));
}

TEST_F(JournalFollowerTest, ANewReceiverIsNotSentThePast) {
  record(3);
  JournalFollower follower(store_, "a", Beginning::Now);
  ASSERT_TRUE(follower.open());
  record(1);
  EXPECT_EQ(numbers(follower.read(9)), (Numbers{4}));
}

TEST_F(JournalFollowerTest, GoesOnBehindItsCursorWhereverItBegan) {
  record(3);
  store_.advance("a", 1);
  for (const Beginning beginning : {Beginning::OfTheStore, Beginning::Now}) {
    JournalFollower follower(store_, "a", beginning);
    EXPECT_EQ(numbers(follower.read(9)), (Numbers{2, 3}));
    EXPECT_EQ(follower.cursor(), 1U);
    EXPECT_EQ(follower.position(), 3U);
  }
}

TEST_F(JournalFollowerTest, WhatIsDoneWithIsKept) {
  record(3);
  JournalFollower follower(store_, "a", Beginning::OfTheStore);
  ASSERT_TRUE(follower.read(9));
  EXPECT_EQ(*store_.cursor("a"), 0U);
  follower.delivered(2);
  EXPECT_EQ(*store_.cursor("a"), 2U);
  follower.delivered(1);  // never back
  EXPECT_EQ(*store_.cursor("a"), 2U);
}

TEST_F(JournalFollowerTest, SaysOnceWhatRetentionCutUnread) {
  record(5);
  JournalFollower follower(store_, "a", Beginning::OfTheStore);
  ASSERT_TRUE(follower.read(2));
  store_.forget(noon() + hours(1), noon() + hours(2), [](CommitStatus) {});  // notes that as 6
  const auto batch = follower.read(9);
  EXPECT_EQ(numbers(batch), (Numbers{6}));
  EXPECT_EQ(batch->lost, 3U);
  EXPECT_EQ(batch->last_seq, 6U);
  record(1);
  EXPECT_EQ(follower.read(9)->lost, 0U);
}

TEST_F(JournalFollowerTest, TriesAgainWhenTheStoreCannotBeRead) {
  record(1);
  store_.fail_reads(true);
  JournalFollower follower(store_, "a", Beginning::OfTheStore);
  EXPECT_FALSE(follower.open());
  EXPECT_FALSE(follower.read(9));
  store_.fail_reads(false);
  EXPECT_EQ(numbers(follower.read(9)), (Numbers{1}));
}

}  // namespace
}  // namespace restorewatch
