#include "events/log_sink.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <system_error>

#include "events/event_line.h"

namespace restorewatch {
namespace {

constexpr std::string_view kSinkName = "log";
constexpr std::size_t kBatch = 256;
constexpr std::chrono::seconds kRetryAfter{1};

/// What a pipe that reports itself writable takes without blocking (POSIX).
constexpr std::size_t kAtOnce = 4096;
constexpr int kPatienceMs = 200;

/// For what is left to say when stopping.
constexpr std::chrono::seconds kLastWords{1};

prometheus::Labels sink_label() {
  return {{"sink", std::string(kSinkName)}};
}

}  // namespace

LogSink::LogSink(Options options, Deps deps)
    : options_(options),
      deps_(std::move(deps)),
      delivered_(deps_.telemetry
                     .counter("restorewatch_events_delivered_total", "Events delivered, by sink.")
                     .Add(sink_label())),
      pending_(deps_.telemetry
                   .gauge("restorewatch_events_pending",
                          "Committed events that a sink has not delivered yet.")
                   .Add(sink_label())) {}

void LogSink::run(const std::stop_token& stop) {
  const std::stop_callback at_stop(stop, [this] {
    const std::lock_guard lock(mutex_);
    deadline_ = deps_.clock.steady_now() + kLastWords;
  });
  while (!stop.stop_requested()) {
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, stop, [&] { return woken_; });
      woken_ = false;
    }
    while (!deliver_all() && !stop.stop_requested()) {
      // New entries are no reason to try sooner what has just failed.
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, stop, kRetryAfter, [] { return false; });
    }
  }
  deliver_all();
}

void LogSink::wake() {
  const std::lock_guard lock(mutex_);
  woken_ = true;
  wake_.notify_one();
}

bool LogSink::deliver_all() {
  while (true) {
    const auto cursor = deps_.journal.cursor(kSinkName);
    if (!cursor) return report(cursor.error().detail), false;
    const auto last = deps_.journal.last_seq();
    if (last) pending_.Set(static_cast<double>(*last - std::min(*last, *cursor)));
    const auto entries = deps_.journal.read_after(*cursor, kBatch);
    if (!entries) return report(entries.error().detail), false;
    if (entries->empty()) return true;
    if (!deliver(*entries)) return false;
    reported_.clear();
  }
}

bool LogSink::deliver(const std::vector<JournalEntry>& entries) {
  for (const JournalEntry& entry : entries) {
    const std::string line = event_line(options_.format, entry.transition) + '\n';
    if (const int error = write_line(line); error != 0) {
      if (!out_of_time()) report("cannot write: " + std::generic_category().message(error));
      return false;
    }
    deps_.journal.advance(kSinkName, entry.seq);
    delivered_.Increment();
  }
  return true;
}

int LogSink::write_line(std::string_view line) {
  const std::string whole = (mid_line_ ? "\n" : "") + std::string(line);
  std::string_view rest = whole;
  while (!rest.empty()) {
    if (out_of_time()) return EAGAIN;
    pollfd writable{options_.fd, POLLOUT, 0};
    if (poll(&writable, 1, kPatienceMs) <= 0) continue;  // the reader has fallen behind
    const ssize_t written = write(options_.fd, rest.data(), std::min(rest.size(), kAtOnce));
    if (written >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(written));
      mid_line_ = !rest.empty();
    } else if (errno != EINTR && errno != EAGAIN) {
      return errno;
    }
  }
  return 0;
}

bool LogSink::out_of_time() {
  const std::lock_guard lock(mutex_);
  return deadline_ && deps_.clock.steady_now() >= *deadline_;
}

void LogSink::report(const std::string& problem) {
  if (problem == reported_) return;
  reported_ = problem;
  deps_.log.error("events cannot be delivered; they are kept and tried again",
                  {{"sink", kSinkName}, {"reason", problem}});
}

}  // namespace restorewatch
