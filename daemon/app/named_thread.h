#pragma once

#include <functional>
#include <stop_token>
#include <thread>

#include "base/log.h"

namespace restorewatch {

/// Starts a thread that shows up as `name` (15 bytes at most) in ps and debuggers. What `body`
/// throws ends the thread, is logged, and then `on_death` is called: a daemon of which a part is
/// gone must not look alive.
std::jthread start_thread(const char* name, Log log, std::function<void(std::stop_token)> body,
                          std::function<void()> on_death);

}  // namespace restorewatch
