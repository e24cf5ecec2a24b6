#pragma once

#include <string>

#include "base/log_line.h"
#include "jobs/transition.h"

namespace restorewatch {

/// How loud an event is: failed is an error; cancelled, lost, expired before there was a link,
/// and missed are warnings; the rest is information.
LogLevel level_of(const Transition& transition);

/// The event as one line without its newline, stamped with when the transition was observed.
/// What Atlas did not say is left out in logfmt and in JSON alike.
std::string event_line(LogFormat format, const Transition& transition);

}  // namespace restorewatch
