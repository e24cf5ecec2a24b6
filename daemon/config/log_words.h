#pragma once

#include <string_view>

#include "base/log_line.h"
#include "base/result.h"

namespace restorewatch {

/// "debug", "info", "warn", "error". Errors: BadConfig, saying which words there are.
Result<LogLevel> parse_log_level(std::string_view word);

/// "logfmt", "json". Errors: BadConfig, likewise.
Result<LogFormat> parse_log_format(std::string_view word);

}  // namespace restorewatch
