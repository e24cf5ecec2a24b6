#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/log.h"
#include "base/telemetry.h"
#include "events/journal_follower.h"
#include "events/sink_metrics.h"
#include "jobs/journal.h"

namespace restorewatch {

/// Writes what is told of the journal as lines to a file descriptor, from where it left off. The
/// cursor moves after the write: a crash in between repeats lines, none is lost.
class LogSink {
 public:
  struct Options {
    int fd = 1;
    LogFormat format = LogFormat::Logfmt;
    bool for_the_journal = false;  // systemd's: each line has a priority in front
  };
  /// All must outlive the sink.
  struct Deps {
    const Clock& clock;
    Journal& journal;
    Telemetry& telemetry;
    Log log;
  };

  LogSink(Options options, Deps deps);

  /// Delivers until stopped, then what is left, for a second at most: the rest is delivered after
  /// the next start. The body of the sink's thread.
  void run(const std::stop_token& stop);

  /// How lines are written from now on. Thread-safe.
  void set_format(LogFormat format) { format_ = format; }

  /// There may be new entries. Thread-safe.
  void wake();

 private:
  bool deliver_all();  // false: something failed, or there is no time left
  bool deliver_waiting();
  bool read_more();
  std::string line_of(const JournalEntry& entry) const;
  int write_line(std::string_view line);  // 0, or an errno
  bool out_of_time();
  void report(const std::string& problem);

  int fd_;
  std::atomic<LogFormat> format_;
  const bool for_the_journal_;
  Deps deps_;
  JournalFollower follower_;
  SinkMetrics metrics_;
  std::deque<JournalEntry> waiting_;  // read, and not written yet
  std::uint64_t last_seq_ = 0;        // of the journal, when it was last read
  std::string reported_;              // the problem last logged; empty while all is well
  bool mid_line_ = false;  // a line was cut short; the next one must not stand behind its half

  std::mutex mutex_;  // guards the two below
  bool woken_ = true;
  std::optional<SteadyTime> deadline_;  // set when stopping: for the last words
  std::condition_variable_any wake_;
};

}  // namespace restorewatch
