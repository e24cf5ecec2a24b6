#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "base/telemetry.h"
#include "jobs/job_store.h"

namespace restorewatch {

/// Writes every journal entry as one line to a file descriptor, from where it left off. The
/// cursor moves after the write: a crash in between repeats lines, none is lost.
class LogSink {
 public:
  struct Options {
    int fd = 1;
    LogFormat format = LogFormat::Logfmt;
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

  /// There may be new entries. Thread-safe.
  void wake();

 private:
  bool deliver_all();  // false: something failed, or there is no time left
  bool deliver(const std::vector<JournalEntry>& entries);
  int write_line(std::string_view line);  // 0, or an errno
  bool out_of_time();
  void report(const std::string& problem);

  Options options_;
  Deps deps_;
  prometheus::Counter& delivered_;
  prometheus::Gauge& pending_;
  std::string reported_;   // the problem last logged; empty while all is well
  bool mid_line_ = false;  // a line was cut short; the next one must not stand behind its half

  std::mutex mutex_;  // guards the two below
  bool woken_ = true;
  std::optional<SteadyTime> deadline_;  // set when stopping: for the last words
  std::condition_variable_any wake_;
};

}  // namespace restorewatch
