#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/config.h"
#include "config/problem.h"

namespace restorewatch {

struct ConfigOutcome {
  std::optional<Config> config;   // absent exactly when there are problems
  std::vector<Problem> problems;  // all of them, in order of place
  std::vector<Problem> warnings;  // what is allowed but cannot work well
  Problem calls_at{};  // without a message: where a warning about too many calls belongs,
                       // poll.rate_budget or, if that is not given, projects
};

/// Reads and checks the configuration and the files it names. `credentials_directory` is the value
/// of systemd's $CREDENTIALS_DIRECTORY, empty if it is not set. Reads nothing else from outside,
/// keeps nothing, throws nothing but std::bad_alloc. Thread-safe.
ConfigOutcome load_config(const std::string& path, const std::string& credentials_directory);

}  // namespace restorewatch
