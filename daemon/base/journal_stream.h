#pragma once

#include <string_view>

#include "base/log_line.h"

namespace restorewatch {

/// Whether `fd` is what `stream` names, as "DEVICE:INODE" in decimal digits (systemd.exec(5), on
/// $JOURNAL_STREAM).
bool is_stream(int fd, std::string_view stream);

/// Whether systemd's journal reads from `fd`, and nobody in between. Before the environment is
/// changed, if ever.
bool is_read_by_the_journal(int fd);

/// What the journal takes for a line's priority, and takes off, where it stands in front of the
/// line (sd-daemon(3)).
std::string_view journal_prefix(LogLevel level);

}  // namespace restorewatch
