#include "config/log_words.h"

namespace restorewatch {

Result<LogLevel> parse_log_level(std::string_view word) {
  for (const LogLevel level : {LogLevel::Debug, LogLevel::Info, LogLevel::Warn, LogLevel::Error}) {
    if (word == label(level)) return level;
  }
  return Error{ErrorKind::BadConfig, "must be debug, info, warn or error"};
}

Result<LogFormat> parse_log_format(std::string_view word) {
  if (word == "logfmt") return LogFormat::Logfmt;
  if (word == "json") return LogFormat::Json;
  return Error{ErrorKind::BadConfig, "must be logfmt or json"};
}

}  // namespace restorewatch
