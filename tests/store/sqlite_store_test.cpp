#include "store/sqlite_store.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <future>
#include <thread>

#include "store/busy_thread.h"
#include "store/commit_answer.h"
#include "store/open_store.h"
#include "store/reader.h"
#include "store/samples.h"
#include "store/telling_clock.h"
#include "store/temporary_folder.h"
#include "store/watched_files.h"

namespace restorewatch {
namespace {

class SqliteStoreTest : public testing::Test {
 protected:
  std::string path() const { return folder_.file("store.db"); }
  StoreOptions options() const { return options_for(path()); }

  TemporaryFolder folder_;
};

PollResult job_without_transition(const TargetKey& target, std::uint64_t version) {
  PollResult result = sample_result(target, version);
  result.transitions.clear();
  return result;
}

TEST_F(SqliteStoreTest, TheDeathOfItsThreadIsTold) {
  std::promise<void> died;
  StoreOptions told = options();
  told.on_death = [&] { died.set_value(); };
  OpenStore store(told);
  store->commit(sample_result(sample_target(), 0), [](CommitStatus) { throw std::bad_alloc(); });
  EXPECT_EQ(died.get_future().wait_for(kDeadline), std::future_status::ready);
  EXPECT_FALSE(store->healthy());
}

TEST_F(SqliteStoreTest, EverythingIsThereAfterReopening) {
  TargetRecord expected;
  expected.key = sample_target();
  FleetTotals totals;
  std::vector<JournalEntry> journal;
  RandomResults results(7);
  for (int round = 0; round < 10; ++round) {
    OpenStore store(path());
    ASSERT_EQ(store->load(expected.key).value(), expected);
    ASSERT_EQ(store->load_totals().value(), totals);
    ASSERT_EQ(store->read_after(0, 10'000).value(), journal);
    ASSERT_EQ(store->cursor("log").value(), static_cast<std::uint64_t>(round));
    for (int i = 0; i < 5; ++i) {
      const PollResult result = results.next(expected.key, expected.version);
      ASSERT_EQ(commit_and_wait(store.store(), result), CommitStatus::Committed);
      apply(result, expected);
      for (const Transition& transition : result.transitions) {
        count(transition, totals);
        journal.push_back({journal.size() + 1, transition});
      }
    }
    expected.last_looked_at = WallTime{std::chrono::seconds{round}};
    store->checkpoint({{expected.key, *expected.last_looked_at}});
    store->advance("log", static_cast<std::uint64_t>(round) + 1);
  }
}

TEST_F(SqliteStoreTest, IsCreatedForTheOwnerAndItsGroupOnly) {
  const mode_t before = ::umask(022);
  const OpenStore store(path());
  ::umask(before);
  for (const char* const suffix : {"", "-wal", ".lock"}) {
    struct stat status {};
    ASSERT_EQ(::stat((path() + suffix).c_str(), &status), 0) << suffix;
    EXPECT_EQ(status.st_mode & 0777U, 0640U) << suffix;
  }
}

TEST_F(SqliteStoreTest, LeavesNoLogBehindWhenItIsClosed) {
  {
    OpenStore store(path());
    ASSERT_EQ(commit_and_wait(store.store(), sample_result(sample_target(), 0)),
              CommitStatus::Committed);
    EXPECT_TRUE(std::filesystem::exists(path() + "-wal"));
  }
  EXPECT_FALSE(std::filesystem::exists(path() + "-wal"));
}

TEST_F(SqliteStoreTest, WaitingResultsShareATransactionUpToTheGroupSize) {
  StoreOptions limited = options();
  limited.group_size = 4;
  OpenStore store(limited);
  std::vector<std::future<CommitStatus>> answers;
  {
    const BusyThread busy(store.store());
    for (unsigned i = 0; i < 9; ++i) {
      answers.push_back(start_commit(store.store(), sample_result(sample_target(i), 0, i)));
    }
  }
  for (auto& answer : answers) EXPECT_EQ(answer_of(std::move(answer)), CommitStatus::Committed);
  EXPECT_EQ(store.transactions(), 3U);  // 4, 4, 1
  EXPECT_EQ(store.counter("restorewatch_store_commits_total", "committed"), 9);
}

TEST_F(SqliteStoreTest, AConflictLeavesTheOthersOfItsTransactionAlone) {
  OpenStore store(path());
  std::vector<std::future<CommitStatus>> answers;
  {
    const BusyThread busy(store.store());
    answers.push_back(start_commit(store.store(), sample_result(sample_target(0), 0)));
    answers.push_back(start_commit(store.store(), full_result(sample_target(1), 3)));
    answers.push_back(start_commit(store.store(), sample_result(sample_target(2), 0)));
  }
  EXPECT_EQ(answer_of(std::move(answers[0])), CommitStatus::Committed);
  EXPECT_EQ(answer_of(std::move(answers[1])), CommitStatus::Conflict);
  EXPECT_EQ(answer_of(std::move(answers[2])), CommitStatus::Committed);
  EXPECT_EQ(store.transactions(), 1U);
  EXPECT_EQ(store->load(sample_target(2))->version, 1U);
  EXPECT_EQ(store->last_seq().value(), 2U);
  EXPECT_EQ(store.counter("restorewatch_store_commits_total", "conflict"), 1);
}

TEST_F(SqliteStoreTest, AResultThatCannotBeStoredLeavesTheOthersAlone) {
  OpenStore store(path());
  PollResult huge = sample_result(sample_target(1), 0, 1);
  huge.jobs.push_back(sample_job(2));
  huge.jobs.back().job.error_message = std::string(17U << 20U, 'x');
  std::vector<std::future<CommitStatus>> answers;
  {
    const BusyThread busy(store.store());
    answers.push_back(start_commit(store.store(), sample_result(sample_target(0), 0)));
    answers.push_back(start_commit(store.store(), huge));
    answers.push_back(start_commit(store.store(), sample_result(sample_target(2), 0)));
  }
  EXPECT_EQ(answer_of(std::move(answers[0])), CommitStatus::Committed);
  EXPECT_EQ(answer_of(std::move(answers[1])), CommitStatus::Failed);
  EXPECT_EQ(answer_of(std::move(answers[2])), CommitStatus::Committed);
  EXPECT_EQ(store->load(sample_target(1))->version, 0U);  // its first job is gone, too
  EXPECT_TRUE(store->load(sample_target(1))->jobs.empty());
  EXPECT_TRUE(store->healthy());
}

TEST_F(SqliteStoreTest, OnlyTransitionsAndBaselinesAreForcedToTheDisk) {
  const WatchedFiles files;
  OpenStore store(path());
  const auto syncs_of = [&](const PollResult& result) {
    const int before = files.log_syncs();
    EXPECT_EQ(commit_and_wait(store.store(), result), CommitStatus::Committed);
    return files.log_syncs() - before;
  };
  PollResult baseline = job_without_transition(sample_target(), 2);
  baseline.baseline_at = baseline.looked_at;
  EXPECT_EQ(syncs_of(sample_result(sample_target(), 0)), 1);
  EXPECT_EQ(syncs_of(job_without_transition(sample_target(), 1)), 0);
  EXPECT_EQ(syncs_of(baseline), 1);
  store->advance("log", 1);
  EXPECT_EQ(syncs_of(job_without_transition(sample_target(), 3)), 0);
  EXPECT_EQ(syncs_of(sample_result(sample_target(), 4)), 1);
}

TEST_F(SqliteStoreTest, CountsTheRowsItWritesAndWritesNoneForAnUnchangedLook) {
  OpenStore store(path());
  const auto rows = [&] { return store.counter("restorewatch_store_rows_written_total"); };
  EXPECT_EQ(rows(), 0);
  // the target, its job, the journal row, the counter of requests, the total of transitions
  ASSERT_EQ(commit_and_wait(store.store(), sample_result(sample_target(), 0)),
            CommitStatus::Committed);
  EXPECT_EQ(rows(), 5);
  PollResult unchanged;
  unchanged.target = sample_target();
  unchanged.expected_version = 1;
  ASSERT_EQ(commit_and_wait(store.store(), unchanged), CommitStatus::Committed);
  EXPECT_EQ(rows(), 5);
  EXPECT_EQ(store.transactions(), 1U);
  // the target and its job, written over
  ASSERT_EQ(commit_and_wait(store.store(), job_without_transition(sample_target(), 1)),
            CommitStatus::Committed);
  EXPECT_EQ(rows(), 7);
}

TEST_F(SqliteStoreTest, ItsMetricsAreBornAtZeroAndTheTimestampWithTheFirstCommit) {
  OpenStore store(path());
  for (const char* const result : {"committed", "conflict", "failed"}) {
    EXPECT_EQ(store.counter("restorewatch_store_commits_total", result), 0) << result;
  }
  EXPECT_EQ(store.transactions(), 0U);
  EXPECT_GT(store.metric("restorewatch_store_size_bytes")->gauge.value, 4096);
  EXPECT_FALSE(store.metric("restorewatch_store_last_commit_timestamp_seconds"));
  ASSERT_EQ(commit_and_wait(store.store(), sample_result(sample_target(), 0)),
            CommitStatus::Committed);
  EXPECT_GT(store.metric("restorewatch_store_last_commit_timestamp_seconds")->gauge.value, 1e9);
}

TEST_F(SqliteStoreTest, AFullQueueRefusesWhatComesBeyond) {
  StoreOptions limited = options();
  limited.queue_size = 2;
  OpenStore store(limited);
  std::vector<std::future<CommitStatus>> answers;
  {
    const BusyThread busy(store.store());
    for (unsigned i = 0; i < 4; ++i) {
      answers.push_back(start_commit(store.store(), sample_result(sample_target(i), 0, i)));
    }
  }
  EXPECT_EQ(answer_of(std::move(answers[0])), CommitStatus::Committed);
  EXPECT_EQ(answer_of(std::move(answers[1])), CommitStatus::Committed);
  EXPECT_EQ(answer_of(std::move(answers[2])), CommitStatus::Failed);
  EXPECT_EQ(answer_of(std::move(answers[3])), CommitStatus::Failed);
  // and there is room again
  EXPECT_EQ(commit_and_wait(store.store(), sample_result(sample_target(3), 0)),
            CommitStatus::Committed);
}

TEST_F(SqliteStoreTest, TellsTheListenerOfNewJournalRowsOnly) {
  StoreOptions listening = options();
  std::atomic<int> told{0};
  listening.on_journal = [&told] { ++told; };
  OpenStore store(listening);
  commit_and_wait(store.store(), job_without_transition(sample_target(), 0));
  commit_and_wait(store.store(), job_without_transition(sample_target(), 1));
  EXPECT_EQ(told, 0);
  commit_and_wait(store.store(), sample_result(sample_target(), 2));
  commit_and_wait(store.store(), sample_result(sample_target(), 2));  // a conflict
  commit_and_wait(store.store(), job_without_transition(sample_target(), 3));
  EXPECT_EQ(told, 1);
}

TEST_F(SqliteStoreTest, LooksAndCursorsAreWrittenByThemselvesAfterAWhile) {
  const TellingClock clock;
  StoreOptions hasty = options();
  hasty.flush_interval = std::chrono::milliseconds{20};
  OpenStore store(hasty, clock);
  auto written = clock.asked();
  store->advance("log", 5);
  ASSERT_EQ(written.wait_for(kDeadline), std::future_status::ready);
  const auto another_reader = Reader::open(path());
  EXPECT_EQ((*another_reader)->cursors()->at("log"), 5U);
}

TEST_F(SqliteStoreTest, DrainingWaitsForWhatWasHandedOverAndGoesOn) {
  StoreOptions small_groups = options();
  small_groups.group_size = 3;
  std::atomic<unsigned> answered{0};
  std::atomic<unsigned> told{0};
  small_groups.on_journal = [&told] { ++told; };
  OpenStore store(small_groups);
  for (unsigned i = 0; i < 10; ++i) {
    store->commit(sample_result(sample_target(i), 0, i), [&answered](CommitStatus) { ++answered; });
  }
  store->drain();
  EXPECT_EQ(answered, 10U);
  EXPECT_GE(told, 4U);
  EXPECT_EQ(store->last_seq().value(), 10U);
  EXPECT_EQ(commit_and_wait(store.store(), sample_result(sample_target(), 1)),
            CommitStatus::Committed);
}

TEST_F(SqliteStoreTest, StoppingWritesAndAnswersWhatWaits) {
  StoreOptions patient = options();
  patient.flush_interval = std::chrono::hours{1};
  patient.group_size = 3;
  std::vector<std::future<CommitStatus>> answers;
  {
    OpenStore store(patient);
    store->advance("log", 2);
    BusyThread busy(store.store());
    for (unsigned i = 0; i < 10; ++i) {
      answers.push_back(start_commit(store.store(), sample_result(sample_target(i), 0, i)));
    }
    busy.release();
    store->stop();
    store->stop();  // twice does no harm
    for (auto& answer : answers) EXPECT_EQ(answer_of(std::move(answer)), CommitStatus::Committed);
    EXPECT_EQ(commit_and_wait(store.store(), sample_result(sample_target(), 1)),
              CommitStatus::Failed);
    EXPECT_EQ(store->last_seq().value(), 10U);  // reading still works
  }
  OpenStore again(path());
  EXPECT_EQ(again->last_seq().value(), 10U);
  EXPECT_EQ(again->cursor("log").value(), 2U);
}

TEST_F(SqliteStoreTest, StoppingWithoutTimeLeftAnswersWhatWaitsFailed) {
  StoreOptions impatient = options();
  impatient.stop_timeout = std::chrono::milliseconds{-1};
  OpenStore store(impatient);
  BusyThread busy(store.store());
  auto answer = start_commit(store.store(), sample_result(sample_target(), 0));
  std::thread stopper([&store] { store->stop(); });
  // The store is closed once it refuses on the caller's thread.
  std::atomic<bool> refused{false};
  const auto caller = std::this_thread::get_id();
  while (!refused) {
    PollResult unchanged;
    store->commit(unchanged, [&refused, caller](CommitStatus) {
      if (std::this_thread::get_id() == caller) refused = true;
    });
    std::this_thread::yield();
  }
  busy.release();
  stopper.join();
  EXPECT_EQ(answer_of(std::move(answer)), CommitStatus::Failed);
  EXPECT_EQ(store->load(sample_target())->version, 0U);
}

TEST_F(SqliteStoreTest, ReadsFromManyThreadsWhileItWrites) {
  OpenStore store(path());
  std::atomic<bool> finished{false};
  std::vector<std::thread> readers;
  readers.reserve(3);
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&store, &finished] {
      std::uint64_t seen = 0;
      while (!finished) {
        const TargetRecord record = store->load(sample_target()).value();
        EXPECT_EQ(record.jobs.size(), record.version);  // one new job a commit: never half of one
        EXPECT_GE(record.version, seen);
        seen = record.version;
        store->advance("log", store->last_seq().value());
      }
    });
  }
  for (unsigned i = 0; i < 200; ++i) {
    EXPECT_EQ(commit_and_wait(store.store(), sample_result(sample_target(), i, i)),
              CommitStatus::Committed);
  }
  finished = true;
  for (std::thread& reader : readers) reader.join();
}

}  // namespace
}  // namespace restorewatch
