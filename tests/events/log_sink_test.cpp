#include "events/log_sink.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <thread>

#include "events/event_line.h"
#include "events/event_samples.h"
#include "fakes/memory_store.h"

namespace restorewatch {
namespace {

using namespace testing_events;

/// How often somebody has written to a pipe that nobody reads.
std::atomic<int> broken_pipes{0};  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)

void count_broken_pipe(int /*signal*/) {
  ++broken_pipes;
  broken_pipes.notify_all();
}

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
      lines.push_back(event_line(LogFormat::Logfmt, entry));
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

  double value(const std::string& name) const { return sink_value(telemetry_, name, "log"); }

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

TEST_F(LogSinkTest, LinesForTheJournalHaveTheirPriorityInFront) {
  LogSink sink({pipe_[1], LogFormat::Logfmt, /*for_the_journal=*/true}, deps());
  commit(1);
  const std::jthread thread = start(sink);
  EXPECT_EQ(read_line(), "<3>" + expected().front());  // a restore that failed
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
  std::signal(SIGPIPE, count_broken_pipe);
  broken_pipes = 0;
  LogSink sink({pipe_[1], LogFormat::Logfmt}, deps());
  commit(1);
  const std::jthread thread = start(sink);
  broken_pipes.wait(0);
  for (int i = 0; i < 50; ++i) {
    sink.wake();
    poll(nullptr, 0, 1);  // room for a try, were there one
  }
  EXPECT_LT(broken_pipes, 20);  // one a second, however slow the machine is
}

TEST_F(LogSinkTest, ReadsNothingUnlessWoken) {
  LogSink sink({pipe_[1], LogFormat::Logfmt}, deps());
  commit(1);
  const std::jthread thread = start(sink);
  read_line();
  commit(1);  // and nobody says so
  pollfd readable{pipe_[0], POLLIN, 0};
  EXPECT_EQ(poll(&readable, 1, 50), 0);
  sink.wake();
  EXPECT_EQ(read_line(), expected().back());
}

TEST_F(LogSinkTest, PassesOverNotesButForTheHead) {
  store_.record({Note{NoteKind::DaemonStarted, noon()}, Note{NoteKind::HeadAnnounced, noon()},
                 Note{NoteKind::DaemonStopped, noon()}},
                [](CommitStatus) {});
  LogSink sink({pipe_[1], LogFormat::Logfmt}, deps());
  start(sink).request_stop();
  EXPECT_TRUE(read_line().find("event=journal_head id=journal_head:2:0000000000000000 ") !=
              std::string::npos);
  EXPECT_EQ(*store_.cursor("log"), 3U);
  EXPECT_EQ(value("restorewatch_events_delivered_total"), 1);
  EXPECT_EQ(value("restorewatch_events_pending"), 0);
}

TEST_F(LogSinkTest, WhatRetentionHasCutIsCounted) {
  commit(3);
  store_.forget(noon() + hours(1), noon(), [](CommitStatus) {});
  commit(1);
  LogSink sink({pipe_[1], LogFormat::Logfmt}, deps());
  start(sink).request_stop();
  EXPECT_EQ(read_line(), event_line(LogFormat::Logfmt, store_.read_after(4, 1)->front()));
  EXPECT_EQ(value("restorewatch_events_lost_total"), 3);
  EXPECT_EQ(*store_.cursor("log"), 5U);
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
