#include "events/log_sink.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <thread>

#include "events/event_line.h"
#include "fakes/memory_store.h"
#include "jobs/job_builders.h"

namespace restorewatch {
namespace {

using namespace testing_jobs;

/// Counts how often it is read.
class CountingJournal final : public Journal {
 public:
  explicit CountingJournal(Journal& journal) : journal_(journal) {}

  Result<std::vector<JournalEntry>> read_after(std::uint64_t after, std::size_t limit) override {
    ++reads_;
    reads_.notify_all();
    return journal_.read_after(after, limit);
  }
  Result<std::uint64_t> last_seq() override { return journal_.last_seq(); }
  Result<std::uint64_t> cursor(std::string_view sink) override { return journal_.cursor(sink); }
  void advance(std::string_view sink, std::uint64_t seq) override { journal_.advance(sink, seq); }

  int reads() const { return reads_; }
  void wait_for_a_read() const { reads_.wait(0); }

 private:
  Journal& journal_;
  std::atomic<int> reads_{0};
};

/// A sink that writes into a pipe which the test reads.
class LogSinkTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(pipe(pipe_.data()), 0); }
  void TearDown() override {
    close_reader();
    close(pipe_[1]);
  }

  void close_reader() {
    if (pipe_[0] >= 0) close(pipe_[0]);
    pipe_[0] = -1;
  }

  /// Commits `count` more jobs that failed.
  void commit(int count) {
    for (int i = 0; i < count; ++i) {
      auto record = *store_.load(target_key());
      if (!record.baseline_at) {
        record.key = target_key();
        store_.commit(diff(record, listing({}), facts()).result, [](CommitStatus) {});
        record = *store_.load(target_key());
      }
      const auto seen =
          diff(record, listing({job(JobState::Failed, ++jobs_, -seconds(1))}), facts());
      store_.commit(seen.result,
                    [](CommitStatus status) { ASSERT_EQ(status, CommitStatus::Committed); });
    }
  }

  std::vector<std::string> expected() {
    std::vector<std::string> lines;
    for (const JournalEntry& entry : *store_.read_after(0, 1000)) {
      lines.push_back(event_line(LogFormat::Logfmt, entry.transition));
    }
    return lines;
  }

  std::string read_line() {
    std::string line;
    char c = 0;
    while (read(pipe_[0], &c, 1) == 1 && c != '\n') line += c;
    return line;
  }

  static std::jthread start(LogSink& sink) {
    return std::jthread([&sink](const std::stop_token& stop) { sink.run(stop); });
  }

  LogSink::Deps deps() { return {clock_, store_, telemetry_, Log()}; }

  std::array<int, 2> pipe_{-1, -1};
  SystemClock clock_;
  MemoryStore store_;
  Telemetry telemetry_;
  int jobs_ = 0;
};

TEST_F(LogSinkTest, WritesEveryEntryOnceAndInOrder) {
  LogSink sink({pipe_[1], LogFormat::Logfmt}, deps());
  store_.on_journal([&] { sink.wake(); });
  commit(2);
  const std::jthread thread = start(sink);
  commit(3);
  for (const std::string& line : expected()) EXPECT_EQ(read_line(), line);
}

TEST_F(LogSinkTest, GoesOnWhereItLeftOff) {
  commit(2);
  {
    LogSink sink({pipe_[1], LogFormat::Logfmt}, deps());
    const std::jthread thread = start(sink);
    read_line();
    read_line();
  }
  EXPECT_EQ(*store_.cursor("log"), 2U);
  commit(1);
  LogSink sink({pipe_[1], LogFormat::Logfmt}, deps());
  const std::jthread thread = start(sink);
  EXPECT_EQ(read_line(), expected().back());
}

TEST_F(LogSinkTest, DeliversWhatIsLeftWhenStopped) {
  LogSink sink({pipe_[1], LogFormat::Logfmt}, deps());
  commit(3);
  start(sink).request_stop();
  EXPECT_EQ(*store_.cursor("log"), 3U);
}

TEST_F(LogSinkTest, NothingIsMarkedThatWasNotWritten) {
  close_reader();
  std::signal(SIGPIPE, SIG_IGN);
  commit(1);
  {
    LogSink sink({pipe_[1], LogFormat::Logfmt}, deps());
    const std::jthread thread = start(sink);
  }
  EXPECT_EQ(*store_.cursor("log"), 0U);
}

TEST_F(LogSinkTest, NewEntriesAreNoReasonToTrySoonerWhatFails) {
  close_reader();
  std::signal(SIGPIPE, SIG_IGN);
  CountingJournal journal(store_);
  LogSink sink({pipe_[1], LogFormat::Logfmt}, {clock_, journal, telemetry_, Log()});
  commit(1);
  const std::jthread thread = start(sink);
  journal.wait_for_a_read();
  for (int i = 0; i < 1000; ++i) sink.wake();
  EXPECT_LE(journal.reads(), 2);
}

TEST_F(LogSinkTest, AReaderThatHangsDoesNotHoldUpTheEnd) {
  commit(400);  // far more than a pipe holds
  LogSink sink({pipe_[1], LogFormat::Logfmt}, deps());
  { const std::jthread thread = start(sink); }
  EXPECT_LT(*store_.cursor("log"), 400U);
  EXPECT_GT(*store_.cursor("log"), 0U);
}

TEST_F(LogSinkTest, AStoreThatCannotBeReadIsTriedAgain) {
  store_.fail_reads(true);
  LogSink sink({pipe_[1], LogFormat::Logfmt}, deps());
  const std::jthread thread = start(sink);
  store_.fail_reads(false);
  commit(1);
  sink.wake();
  EXPECT_EQ(read_line(), expected().front());
}

}  // namespace
}  // namespace restorewatch
