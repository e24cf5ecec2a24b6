#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "base/result.h"
#include "base/telemetry.h"
#include "config/config.h"

namespace restorewatch {

/// What reading the configuration came to. Each problem and each warning is a line for people.
struct ConfigReading {
  std::optional<Config> config;       // absent exactly where there are problems
  std::vector<std::string> problems;  // "FILE:LINE:COLUMN: KEY: message"
  std::vector<std::string> warnings;
};

/// Reads the configuration anew and puts it in force, all or nothing; logs what came of it and
/// keeps the metrics that say so. Thread-safe: of several reloads at once, one waits for the other.
class Reload {
 public:
  /// All must outlive it.
  struct Deps {
    const Clock& clock;
    Telemetry& telemetry;
    Log log;
    std::function<ConfigReading()> read;  // may be empty: there is nothing to read
    /// Puts a valid configuration in force, or says why that is not possible.
    std::function<Status(const Config&)> apply;
  };

  /// The configuration of the start is in force.
  explicit Reload(Deps deps);

  /// What was wrong, a line each; empty: what was read is in force.
  std::vector<std::string> run();

 private:
  std::vector<std::string> try_to();

  Deps deps_;
  prometheus::Gauge& successful_;
  prometheus::Gauge& success_at_;
  std::mutex mutex_;  // held while one is under way
};

}  // namespace restorewatch
