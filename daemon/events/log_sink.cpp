#include "events/log_sink.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <iterator>
#include <system_error>

#include "base/journal_stream.h"
#include "events/event_fields.h"
#include "events/event_line.h"

namespace restorewatch {
namespace {

constexpr const char* kSinkName = "log";
constexpr std::size_t kBatch = 256;
constexpr std::chrono::seconds kRetryAfter{1};

/// What a pipe that reports itself writable takes without blocking (POSIX).
constexpr std::size_t kAtOnce = 4096;
constexpr int kPatienceMs = 200;

/// For what is left to say when stopping.
constexpr std::chrono::seconds kLastWords{1};

}  // namespace

LogSink::LogSink(Options options, Deps deps)
    : fd_(options.fd),
      format_(options.format),
      for_the_journal_(options.for_the_journal),
      deps_(std::move(deps)),
      follower_(deps_.journal, kSinkName, JournalFollower::Beginning::OfTheStore),
      metrics_(deps_.telemetry, kSinkName) {}

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
  while (deliver_waiting()) {
    if (!read_more()) return false;
    reported_.clear();
    if (waiting_.size() < kBatch) return deliver_waiting();  // later ones come with a wake-up
  }
  return false;
}

bool LogSink::deliver_waiting() {
  for (; !waiting_.empty(); waiting_.pop_front()) {
    const JournalEntry& entry = waiting_.front();
    if (is_told(entry)) {
      if (const int error = write_line(line_of(entry)); error != 0) {
        if (!out_of_time()) report("cannot write: " + std::generic_category().message(error));
        return false;
      }
      metrics_.count_delivered();
    }
    follower_.delivered(entry.seq);
    metrics_.show_pending(entry.seq, last_seq_);
  }
  return true;
}

std::string LogSink::line_of(const JournalEntry& entry) const {
  const std::string_view prefix = for_the_journal_ ? journal_prefix(level_of(entry)) : "";
  return std::string(prefix) + event_line(format_, entry) + '\n';
}

bool LogSink::read_more() {
  auto batch = follower_.read(kBatch);
  if (!batch) return report(batch.error().detail), false;
  if (batch->lost > 0) {
    metrics_.count_lost(batch->lost);
    deps_.log.error(kLostMessage, {{"sink", kSinkName}, {"entries", batch->lost}});
  }
  last_seq_ = batch->last_seq;
  waiting_.assign(std::move_iterator(batch->entries.begin()),
                  std::move_iterator(batch->entries.end()));
  metrics_.show_pending(follower_.cursor(), last_seq_);
  return true;
}

int LogSink::write_line(std::string_view line) {
  const std::string whole = (mid_line_ ? "\n" : "") + std::string(line);
  std::string_view rest = whole;
  while (!rest.empty()) {
    if (out_of_time()) return EAGAIN;
    pollfd writable{fd_, POLLOUT, 0};
    if (poll(&writable, 1, kPatienceMs) <= 0) continue;  // the reader has fallen behind
    const ssize_t written = write(fd_, rest.data(), std::min(rest.size(), kAtOnce));
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
