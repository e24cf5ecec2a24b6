#include "events/event_line.h"

#include "events/event_fields.h"

namespace restorewatch {

std::string event_line(LogFormat format, const JournalEntry& entry) {
  return log_line(format, time_of(entry), level_of(entry), event_fields(entry));
}

}  // namespace restorewatch
