#include "base/log.h"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include <vector>

#include "base/unblocking_sink.h"

namespace restorewatch {

Log::Log(const Clock& clock, LogOptions options)
    : clock_(&clock),
      options_(options),
      logger_(std::make_shared<spdlog::logger>("restorewatch",
                                               std::make_shared<UnblockingSink>(STDERR_FILENO))) {
  logger_->set_pattern("%v");
  logger_->flush_on(spdlog::level::trace);
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
  if (!logger_ || level < options_.level) return;
  std::vector<Field> all;
  all.reserve(fields.size() + 1);
  all.emplace_back("msg", message);
  all.insert(all.end(), fields.begin(), fields.end());
  // The line is passed as an argument, never as a format: it holds text from outside.
  logger_->log(spdlog::level::critical,
               spdlog::string_view_t(log_line(options_.format, clock_->wall_now(), level, all)));
}

}  // namespace restorewatch
