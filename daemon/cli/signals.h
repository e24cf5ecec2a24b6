#pragma once

#include <chrono>
#include <optional>

namespace restorewatch {

/// Makes the signals that end a program wait to be fetched, in this thread and in all that it
/// starts. Call it before any thread is started; no work is ever done in a signal handler.
void hold_signals();

/// Blocks until one of them comes, and returns it: SIGINT, SIGTERM or SIGHUP. Absent: none came
/// within `longest`, where that is given.
std::optional<int> wait_for_signal(std::optional<std::chrono::milliseconds> longest = {});

/// Ends a wait_for_signal() as SIGTERM would. Thread-safe.
void signal_self_to_end();

/// Lets the system end the process after that time, if it has not ended by itself.
void end_at_the_latest_in(unsigned seconds);

}  // namespace restorewatch
