#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace restorewatch {

/// What the environment says of the service manager that has started the daemon, systemd for
/// instance. Nothing, in a build without libsystemd.
struct ServiceManager {
  /// Sends a notice, sd_notify(3). Never fails: nobody could do anything about it. Empty: nobody
  /// wants any.
  std::function<void(const std::string&)> tell;
  /// After how long without a sign of life it ends the daemon; absent: never.
  std::optional<std::chrono::microseconds> watchdog;
};

/// Before any thread runs.
ServiceManager service_manager();

}  // namespace restorewatch
