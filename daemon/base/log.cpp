#include "base/log.h"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include <atomic>
#include <vector>

#include "base/journal_stream.h"
#include "base/unblocking_sink.h"

namespace restorewatch {

struct Log::Shared {
  Shared(const Clock& with_clock, LogOptions options)
      : clock(with_clock), level(options.level), format(options.format) {
    logger.set_pattern("%v");
    logger.flush_on(spdlog::level::trace);
  }

  const Clock& clock;
  std::atomic<LogLevel> level;
  std::atomic<LogFormat> format;
  const bool for_the_journal = is_read_by_the_journal(STDERR_FILENO);
  spdlog::logger logger{"restorewatch",
                        std::make_shared<UnblockingSink>(STDERR_FILENO, for_the_journal)};
};

Log::Log(const Clock& clock, LogOptions options)
    : shared_(std::make_shared<Shared>(clock, options)) {}

void Log::set_options(LogOptions options) const {
  if (!shared_) return;
  shared_->level = options.level;
  shared_->format = options.format;
}

void Log::debug(std::string_view message, std::initializer_list<Field> fields) const {
  write(LogLevel::Debug, message, {fields.begin(), fields.size()});
}
void Log::info(std::string_view message, std::initializer_list<Field> fields) const {
  write(LogLevel::Info, message, {fields.begin(), fields.size()});
}
void Log::warn(std::string_view message, std::initializer_list<Field> fields) const {
  write(LogLevel::Warn, message, {fields.begin(), fields.size()});
}
void Log::error(std::string_view message, std::initializer_list<Field> fields) const {
  write(LogLevel::Error, message, {fields.begin(), fields.size()});
}

void Log::write(LogLevel level, std::string_view message, std::span<const Field> fields) const {
  if (!shared_ || level < shared_->level) return;
  std::vector<Field> all;
  all.reserve(fields.size() + 1);
  all.emplace_back("msg", message);
  all.insert(all.end(), fields.begin(), fields.end());
  // The line is passed as an argument, never as a format: it holds text from outside.
  std::string line = log_line(shared_->format, shared_->clock.wall_now(), level, all);
  if (shared_->for_the_journal) line.insert(0, journal_prefix(level));
  shared_->logger.log(spdlog::level::critical, spdlog::string_view_t(line));
}

}  // namespace restorewatch
