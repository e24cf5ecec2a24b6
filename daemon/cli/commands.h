#pragma once

#include "config/config.h"

namespace restorewatch {

/// The daemon: runs until SIGINT or SIGTERM.
int run_daemon(const Config& config);

/// Says what would be watched.
int run_check(const Config& config);

struct TargetsOptions {
  bool probe = false;  // also make one real listing for each project and source
  bool json = false;
};

/// Asks Atlas which projects and clusters there are, and says which of them would be watched, how,
/// and why the rest is not.
int run_targets(const Config& config, const TargetsOptions& options);

/// One sweep over every target, then the page on standard output; events go to standard error.
int run_once(const Config& config);

}  // namespace restorewatch
