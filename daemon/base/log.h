#pragma once

#include <initializer_list>
#include <memory>
#include <span>
#include <string_view>

#include "base/clock.h"
#include "base/log_line.h"

namespace restorewatch {

struct LogOptions {
  LogLevel level = LogLevel::Info;
  LogFormat format = LogFormat::Logfmt;
};

/// The diagnostic log: what the daemon does and what goes wrong, one line each on standard error.
/// It never waits for its reader: lines that nobody takes are dropped and their number is told.
/// Restore events are not written here but by events/, since those may never be lost.
/// Thread-safe; a null Log (default constructed) drops everything.
class Log {
 public:
  Log() = default;
  Log(const Clock& clock, LogOptions options);  // `clock` must outlive the log

  void debug(std::string_view message, std::initializer_list<Field> fields = {}) const;
  void info(std::string_view message, std::initializer_list<Field> fields = {}) const;
  void warn(std::string_view message, std::initializer_list<Field> fields = {}) const;
  void error(std::string_view message, std::initializer_list<Field> fields = {}) const;

  /// The same for fields that are put together at run time.
  void write(LogLevel level, std::string_view message, std::span<const Field> fields) const;

  /// From now on, for this log and all its copies.
  void set_options(LogOptions options) const;

 private:
  struct Shared;  // by all copies

  std::shared_ptr<Shared> shared_;
};

}  // namespace restorewatch
