// What every store promises, held against each of them: see jobs/job_store.h.

#include <gtest/gtest.h>

#include <limits>

#include "store/every_store.h"
#include "store/samples.h"

namespace restorewatch {
namespace {

template <typename Maker>
using StoreContractTest = EveryStoreTest<Maker>;
TYPED_TEST_SUITE(StoreContractTest, EveryStore);

TYPED_TEST(StoreContractTest, KnowsNothingAtFirst) {
  TargetRecord empty;
  empty.key = sample_target();
  EXPECT_EQ(this->loaded(sample_target()), empty);
  EXPECT_EQ(this->totals(), FleetTotals{});
  EXPECT_TRUE(this->entries(0).empty());
  EXPECT_EQ(this->journal().last_seq().value(), 0U);
  EXPECT_EQ(this->journal().cursor("log").value(), 0U);
}

TYPED_TEST(StoreContractTest, GivesBackEveryFieldOfACommit) {
  const PollResult result = full_result(sample_target(), 0);
  ASSERT_EQ(this->commit(result), CommitStatus::Committed);

  TargetRecord expected;
  expected.key = sample_target();
  apply(result, expected);
  EXPECT_EQ(this->loaded(sample_target()), expected);
  EXPECT_EQ(this->entries(0), (std::vector<JournalEntry>{{1, result.transitions.front()}}));
}

TYPED_TEST(StoreContractTest, KeepsTheBaselineOfLaterCommitsWithoutOne) {
  const PollResult first = full_result(sample_target(), 0);
  ASSERT_EQ(this->commit(first), CommitStatus::Committed);
  ASSERT_EQ(this->commit(sample_result(sample_target(), 1)), CommitStatus::Committed);
  EXPECT_EQ(this->loaded(sample_target()).baseline_at, first.baseline_at);
}

TYPED_TEST(StoreContractTest, RefusesAStaleVersionAndWritesNothingOfIt) {
  ASSERT_EQ(this->commit(sample_result(sample_target(), 0)), CommitStatus::Committed);
  const TargetRecord before = this->loaded(sample_target());
  const FleetTotals totals_before = this->totals();

  EXPECT_EQ(this->commit(full_result(sample_target(), 0, 1)), CommitStatus::Conflict);
  EXPECT_EQ(this->commit(full_result(sample_target(), 2, 1)), CommitStatus::Conflict);
  EXPECT_EQ(this->commit(full_result(sample_target(1), 1, 1)), CommitStatus::Conflict);

  EXPECT_EQ(this->loaded(sample_target()), before);
  EXPECT_EQ(this->loaded(sample_target(1)).version, 0U);
  EXPECT_EQ(this->totals(), totals_before);
  EXPECT_EQ(this->journal().last_seq().value(), 1U);
}

TYPED_TEST(StoreContractTest, KeepsTargetsApart) {
  TargetKey same_name_elsewhere = sample_target();
  same_name_elsewhere.project_id.bytes[3] = 9;
  ASSERT_EQ(this->commit(full_result(sample_target(), 0)), CommitStatus::Committed);
  EXPECT_EQ(this->loaded(same_name_elsewhere).version, 0U);
  EXPECT_TRUE(this->loaded(same_name_elsewhere).jobs.empty());
  EXPECT_EQ(this->loaded(same_name_elsewhere).counters, TargetCounters{});
}

TYPED_TEST(StoreContractTest, AnUnchangedLookIsCommittedAndMovesNoVersion) {
  PollResult unchanged;
  unchanged.target = sample_target();
  unchanged.expected_version = 5;
  EXPECT_EQ(this->commit(unchanged), CommitStatus::Committed);
  EXPECT_EQ(this->loaded(sample_target()).version, 0U);
}

TYPED_TEST(StoreContractTest, RecordsAndTotalsAreWhatApplyAndCountGive) {
  constexpr unsigned kTargets = 4;
  std::array<TargetRecord, kTargets> expected;
  for (unsigned i = 0; i < kTargets; ++i) expected[i].key = sample_target(i);
  FleetTotals expected_totals;
  std::vector<JournalEntry> expected_journal;

  RandomResults results(20260810);
  for (unsigned i = 0; i < 400; ++i) {
    TargetRecord& record = expected[i % kTargets];
    const PollResult result = results.next(record.key, record.version);
    ASSERT_EQ(this->commit(result), CommitStatus::Committed);
    apply(result, record);
    for (const Transition& transition : result.transitions) {
      count(transition, expected_totals);
      expected_journal.push_back({expected_journal.size() + 1, transition});
    }
    ASSERT_EQ(this->loaded(record.key), record) << "after result " << i;
  }
  for (const TargetRecord& record : expected) EXPECT_EQ(this->loaded(record.key), record);
  EXPECT_EQ(this->totals(), expected_totals);
  EXPECT_EQ(this->entries(0), expected_journal);
}

TYPED_TEST(StoreContractTest, AnswersEachCommitOnceInOrder) {
  std::mutex mutex;
  std::vector<unsigned> answered;
  std::promise<void> last;
  constexpr unsigned kCommits = 200;
  for (unsigned i = 0; i < kCommits; ++i) {
    this->jobs().commit(sample_result(sample_target(), i, i), [&, i](CommitStatus status) {
      const std::lock_guard lock(mutex);
      EXPECT_EQ(status, CommitStatus::Committed);
      answered.push_back(i);
      if (i + 1 == kCommits) last.set_value();
    });
  }
  ASSERT_EQ(last.get_future().wait_for(kDeadline), std::future_status::ready);
  const std::lock_guard lock(mutex);
  ASSERT_EQ(answered.size(), kCommits);
  EXPECT_TRUE(std::is_sorted(answered.begin(), answered.end()));
}

TYPED_TEST(StoreContractTest, ReadsTheJournalInPieces) {
  for (unsigned i = 0; i < 5; ++i) {
    ASSERT_EQ(this->commit(sample_result(sample_target(i), 0, i)), CommitStatus::Committed);
  }
  const auto piece = this->entries(1, 2);
  ASSERT_EQ(piece.size(), 2U);
  EXPECT_EQ(piece[0].seq, 2U);
  EXPECT_EQ(piece[1].seq, 3U);
  EXPECT_EQ(piece[1].transition()->job.id, sample_job_id(2));
  EXPECT_EQ(this->entries(3, std::numeric_limits<std::size_t>::max()).size(), 2U);
  EXPECT_TRUE(this->entries(0, 0).empty());
  EXPECT_TRUE(this->entries(5).empty());
  EXPECT_TRUE(this->entries(std::numeric_limits<std::uint64_t>::max()).empty());
  EXPECT_EQ(this->journal().last_seq().value(), 5U);
}

TYPED_TEST(StoreContractTest, EachSinkHasItsOwnCursorThatShowsAtOnce) {
  this->journal().advance("log", 3);
  this->journal().advance("webhook", 1);
  this->journal().advance("log", 4);
  EXPECT_EQ(this->journal().cursor("log").value(), 4U);
  EXPECT_EQ(this->journal().cursor("webhook").value(), 1U);
  EXPECT_EQ(this->journal().cursor("other").value(), 0U);
}

TYPED_TEST(StoreContractTest, ACheckpointChangesNothingButTheTimeOfTheLook) {
  ASSERT_EQ(this->commit(sample_result(sample_target(), 0)), CommitStatus::Committed);
  TargetRecord expected = this->loaded(sample_target());
  expected.last_looked_at = *expected.last_looked_at + std::chrono::minutes{5};

  this->jobs().checkpoint({{sample_target(), *expected.last_looked_at}});
  // A later commit takes what was waiting with it, so there is nothing to wait for.
  ASSERT_EQ(this->commit(sample_result(sample_target(1), 0)), CommitStatus::Committed);
  EXPECT_EQ(this->loaded(sample_target()), expected);
}

TYPED_TEST(StoreContractTest, ACommitAfterACheckpointHasTheLastWord) {
  this->jobs().checkpoint({{sample_target(), WallTime{std::chrono::hours{1}}}});
  const PollResult result = sample_result(sample_target(), 0);
  ASSERT_EQ(this->commit(result), CommitStatus::Committed);
  EXPECT_EQ(this->loaded(sample_target()).last_looked_at, result.looked_at);
}

TYPED_TEST(StoreContractTest, ACommitOfAPartialLookLeavesTheTimeOfTheLastWholeOne) {
  const WallTime whole{std::chrono::hours{1}};
  PollResult partial = sample_result(sample_target(), 0);
  partial.looked_at.reset();
  this->jobs().checkpoint({{sample_target(), whole}});
  ASSERT_EQ(this->commit(partial), CommitStatus::Committed);
  EXPECT_EQ(this->loaded(sample_target()).last_looked_at, whole);
}

TYPED_TEST(StoreContractTest, ATargetThatWasOnlyCheckpointedCanStillBeCommitted) {
  this->jobs().checkpoint({{sample_target(), WallTime{std::chrono::hours{1}}}});
  ASSERT_EQ(this->commit(sample_result(sample_target(1), 0)), CommitStatus::Committed);
  EXPECT_EQ(this->loaded(sample_target()).version, 0U);
  EXPECT_EQ(this->commit(sample_result(sample_target(), 0)), CommitStatus::Committed);
}

}  // namespace
}  // namespace restorewatch
