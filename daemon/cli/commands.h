#pragma once

#include "config/config.h"

namespace restorewatch {

/// The daemon: runs until SIGINT or SIGTERM.
int run_daemon(const Config& config);

/// Says what would be watched.
int run_check(const Config& config);

/// One sweep over every target, then the page on standard output; events go to standard error.
int run_once(const Config& config);

}  // namespace restorewatch
