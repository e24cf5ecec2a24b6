#pragma once

#include <optional>
#include <string>

#include "app/reload.h"
#include "config/config.h"

namespace restorewatch {

/// What the flags say. A flag that is given wins over the file.
struct Flags {
  std::string config_file = "/etc/restorewatch/restorewatch.yaml";
  std::optional<std::string> storage_path;
  std::optional<std::string> listen_address;
  std::optional<std::string> web_config_file;  // empty: none, whatever the file says
  std::optional<std::string> log_level;
  std::optional<std::string> log_format;
  bool enable_lifecycle = false;
  std::string credentials_directory;  // systemd's; empty: none
};

/// Reads the configuration file and lets the flags win; then the web file, if there is one.
/// Thread-safe.
ConfigReading read_settings(const Flags& flags);

/// The value of systemd's $CREDENTIALS_DIRECTORY, empty if it is not set. Before any thread runs.
std::string credentials_directory();

/// As read_settings(). What is wrong, and what is only unwise,
/// is written to standard error, a line each. Absent when something is wrong.
std::optional<Config> settings_of(const Flags& flags);

}  // namespace restorewatch
