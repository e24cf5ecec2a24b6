#pragma once

#include <spdlog/sinks/base_sink.h>

#include <cstdint>
#include <mutex>

namespace restorewatch {

/// Writes lines to a file descriptor that somebody else reads, and never waits for the reader:
/// what does not fit is dropped, and told once there is room again, with a priority where systemd's
/// journal is the reader. For diagnostics only.
class UnblockingSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  UnblockingSink(int fd, bool for_the_journal) : fd_(fd), for_the_journal_(for_the_journal) {}

 private:
  void sink_it_(const spdlog::details::log_msg& message) override;
  void flush_() override {}

  bool write_if_room(const char* text, std::size_t size) const;

  int fd_;
  bool for_the_journal_;
  std::uint64_t dropped_ = 0;
};

}  // namespace restorewatch
