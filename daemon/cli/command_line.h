#pragma once

namespace restorewatch {

// The exit codes of every command.
inline constexpr int kExitOk = 0;
inline constexpr int kExitPartial = 1;    // it ran, but something could not be done
inline constexpr int kExitBadConfig = 2;  // the operator must change something first

/// Reads the arguments and runs the command that they name; the daemon itself if they name none.
int run_command_line(int argc, const char* const* argv);

}  // namespace restorewatch
