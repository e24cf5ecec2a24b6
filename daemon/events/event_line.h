#pragma once

#include <string>

#include "base/log_line.h"
#include "jobs/journal.h"

namespace restorewatch {

/// The event as one line without its newline, stamped with when it was observed. See
/// event_fields().
std::string event_line(LogFormat format, const JournalEntry& entry);

}  // namespace restorewatch
