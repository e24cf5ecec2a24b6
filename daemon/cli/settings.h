#pragma once

#include <optional>
#include <string>

#include "config/config.h"

namespace restorewatch {

/// What the flags say. A flag that is given wins over the file.
struct Flags {
  std::string config_file = "/etc/restorewatch/restorewatch.yaml";
  std::optional<std::string> storage_path;
  std::optional<std::string> listen_address;
  std::optional<std::string> log_level;
  std::optional<std::string> log_format;
};

/// Reads the configuration file and lets the flags win. What is wrong, and what is only unwise,
/// is written to standard error, a line each. Absent when something is wrong.
std::optional<Config> settings_of(const Flags& flags);

}  // namespace restorewatch
