#include "base/unblocking_sink.h"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>

#include "base/journal_stream.h"

namespace restorewatch {
namespace {

/// What a pipe that reports itself writable takes without blocking (POSIX). A longer line is cut.
constexpr std::size_t kAtOnce = 4096;

}  // namespace

void UnblockingSink::sink_it_(const spdlog::details::log_msg& message) {
  spdlog::memory_buf_t line;
  formatter_->format(message, line);
  if (line.size() > kAtOnce) {
    line.resize(kAtOnce);
    line[kAtOnce - 1] = '\n';
  }
  if (dropped_ > 0) {
    const std::string gap =
        fmt::format("{}msg=\"log lines were dropped, nobody read them\" lines={}\n",
                    for_the_journal_ ? journal_prefix(LogLevel::Warn) : "", dropped_);
    if (!write_if_room(gap.data(), gap.size())) {
      ++dropped_;
      return;
    }
    dropped_ = 0;
  }
  if (!write_if_room(line.data(), line.size())) ++dropped_;
}

bool UnblockingSink::write_if_room(const char* text, std::size_t size) const {
  pollfd room{fd_, POLLOUT, 0};
  if (poll(&room, 1, 0) != 1 || (room.revents & POLLOUT) == 0) return false;
  return write(fd_, text, size) == static_cast<ssize_t>(size);
}

}  // namespace restorewatch
