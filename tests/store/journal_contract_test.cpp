// What every store does with notes, cursors and retention.

#include <algorithm>

#include "store/every_store.h"
#include "store/samples.h"

namespace restorewatch {
namespace {

WallTime hour(int n) {
  return WallTime{std::chrono::hours{500'000 + n}};
}

template <typename Maker>
class JournalContractTest : public EveryStoreTest<Maker> {
 protected:
  template <typename Start>
  static CommitStatus answer_to(Start start) {
    auto answer = std::make_shared<std::promise<CommitStatus>>();
    start([answer](CommitStatus status) { answer->set_value(status); });
    return answer_of(answer->get_future());
  }
  CommitStatus record(std::vector<Note> notes) {
    return answer_to([&](auto done) { this->population().record(std::move(notes), done); });
  }
  CommitStatus forget(WallTime horizon) {
    return answer_to([&](auto done) { this->jobs().forget(horizon, hour(1000), done); });
  }

  /// Commits a transition that was observed then, of a job that was requested then.
  void commit_at(WallTime at, unsigned job, JobState state) {
    const TargetKey target = sample_target();
    PollResult result = full_result(target, this->loaded(target).version, job);
    result.jobs.front().job.requested_at = at;
    result.jobs.front().job.state = state;
    result.transitions.front().job = result.jobs.front().job;
    result.transitions.front().to = state;
    result.transitions.front().observed_at = at;
    ASSERT_EQ(this->commit(result), CommitStatus::Committed);
  }

  std::vector<PopulationMember> members() {
    auto members = *this->population().load_population();
    std::ranges::sort(members, {}, &PopulationMember::target);
    return members;
  }

  std::vector<std::uint64_t> numbers() {
    std::vector<std::uint64_t> all;
    for (const JournalEntry& entry : this->entries(0)) all.push_back(entry.seq);
    return all;
  }
};

TYPED_TEST_SUITE(JournalContractTest, EveryStore);

TYPED_TEST(JournalContractTest, NotesStandInTheJournalAsTheyWereGiven) {
  const std::vector<Note> notes{
      {NoteKind::StoreCreated, hour(0)},
      {NoteKind::TargetAdded, hour(1), sample_target(), "it's \"one\"", {}},
      {NoteKind::TargetBlind, hour(2), with_id(sample_target(1), 7), "", "why"},
      {NoteKind::DaemonStopped, hour(-900'000), {}, {}, "\xF0\x9F\x90\x98"}};
  ASSERT_EQ(this->record(notes), CommitStatus::Committed);
  ASSERT_EQ(this->commit(full_result(sample_target(), 0)), CommitStatus::Committed);
  this->restart();
  const auto entries = this->entries(0);
  ASSERT_EQ(entries.size(), 5U);
  for (std::size_t i = 0; i < notes.size(); ++i) {
    EXPECT_EQ(entries[i].seq, i + 1);
    ASSERT_TRUE(entries[i].note());
    EXPECT_EQ(*entries[i].note(), notes[i]);
  }
  EXPECT_EQ(*entries[4].transition(), full_result(sample_target(), 0).transitions.front());
}

TYPED_TEST(JournalContractTest, ThePopulationIsWhatTheNotesSay) {
  const TargetKey a = sample_target(0);
  const TargetKey b = with_id(sample_target(1), 1);
  ASSERT_EQ(this->record({{NoteKind::TargetAdded, hour(0), a, "", ""},
                          {NoteKind::TargetAdded, hour(0), b, "", ""},
                          {NoteKind::DaemonStarted, hour(0)}}),
            CommitStatus::Committed);
  ASSERT_EQ(this->record({{NoteKind::TargetBlind, hour(1), b, "", ""}}), CommitStatus::Committed);
  this->restart();
  EXPECT_EQ(this->members(), (std::vector<PopulationMember>{{a, false}, {b, true}}));
  TargetKey renamed = b;
  renamed.cluster_name = "renamed";
  ASSERT_EQ(this->record({{NoteKind::TargetVisible, hour(2), renamed, "", ""},
                          {NoteKind::TargetRemoved, hour(2), with_id(a, 9), "", ""}}),
            CommitStatus::Committed);
  this->restart();
  EXPECT_EQ(this->members(), (std::vector<PopulationMember>{{renamed, false}}));
}

TYPED_TEST(JournalContractTest, ANewSinkBeginsBehindTheLastEntry) {
  EXPECT_EQ(this->journal().open_cursor("first").value(), 0U);
  ASSERT_EQ(this->record({{NoteKind::DaemonStarted, hour(0)}}), CommitStatus::Committed);
  EXPECT_EQ(this->journal().open_cursor("second").value(), 1U);
  EXPECT_EQ(this->journal().open_cursor("first").value(), 0U);
  this->restart();
  ASSERT_EQ(this->record({{NoteKind::DaemonStarted, hour(0)}}), CommitStatus::Committed);
  EXPECT_EQ(this->journal().open_cursor("first").value(), 0U);
  EXPECT_EQ(this->journal().open_cursor("second").value(), 1U);
  EXPECT_EQ(this->journal().cursor("third").value(), 0U);
}

TYPED_TEST(JournalContractTest, RetentionCutsAPrefixOfTheJournalAndSaysSo) {
  for (unsigned i = 0; i < 4; ++i) {
    this->commit_at(hour(static_cast<int>(i)), i, JobState::Completed);
  }
  const TargetCounters counters = this->loaded(sample_target()).counters;
  const FleetTotals totals = this->totals();
  ASSERT_EQ(this->forget(hour(2)), CommitStatus::Committed);
  this->restart();
  EXPECT_EQ(this->numbers(), (std::vector<std::uint64_t>{3, 4, 5}));
  ASSERT_TRUE(this->entries(4).front().note());
  EXPECT_EQ(this->entries(4).front().note()->kind, NoteKind::RetentionRun);
  EXPECT_EQ(this->entries(4).front().note()->at, hour(1000));
  EXPECT_EQ(this->loaded(sample_target()).counters, counters);
  EXPECT_EQ(this->totals(), totals);
  EXPECT_EQ(this->loaded(sample_target()).jobs.size(), 2U);
  EXPECT_EQ(this->journal().last_seq().value(), 5U);
}

TYPED_TEST(JournalContractTest, RetentionKeepsAnOldEntryBehindAYoungOne) {
  this->commit_at(hour(5), 0, JobState::Completed);
  this->commit_at(hour(0), 1, JobState::Completed);  // the clock went back
  ASSERT_EQ(this->forget(hour(2)), CommitStatus::Committed);
  EXPECT_EQ(this->numbers(), (std::vector<std::uint64_t>{1, 2, 3}));
}

TYPED_TEST(JournalContractTest, RetentionKeepsOldJobsThatHaveNotEnded) {
  this->commit_at(hour(0), 0, JobState::InProgress);
  this->commit_at(hour(0), 1, JobState::Ready);
  this->commit_at(hour(0), 2, JobState::Lost);
  ASSERT_EQ(this->forget(hour(2)), CommitStatus::Committed);
  this->restart();
  const JobTable jobs = this->loaded(sample_target()).jobs;
  EXPECT_EQ(jobs.size(), 2U);
  EXPECT_FALSE(jobs.contains(sample_job_id(2)));
}

TYPED_TEST(JournalContractTest, RetentionWithNothingToCutWritesNothing) {
  this->commit_at(hour(5), 0, JobState::Completed);
  ASSERT_EQ(this->forget(hour(2)), CommitStatus::Committed);
  EXPECT_EQ(this->journal().last_seq().value(), 1U);
}

TYPED_TEST(JournalContractTest, NumbersGoOnWhenAllWasCut) {
  this->commit_at(hour(0), 0, JobState::Completed);
  ASSERT_EQ(this->forget(hour(2)), CommitStatus::Committed);
  ASSERT_EQ(this->forget(hour(2000)), CommitStatus::Committed);  // the note of the first run
  this->restart();
  EXPECT_EQ(this->numbers(), (std::vector<std::uint64_t>{3}));
  EXPECT_EQ(this->journal().last_seq().value(), 3U);
}

}  // namespace
}  // namespace restorewatch
