#pragma once

#include <string>
#include <vector>

#include "base/log_line.h"
#include "jobs/journal.h"

namespace restorewatch {

// What an entry of the journal says to the outside, the same in every sink.

/// Every transition is told, and every announcement of the journal's head. The other notes are for
/// whoever reads the journal itself.
bool is_told(const JournalEntry& entry);

/// The same whenever this entry is told again, so that a receiver can drop repeats.
std::string id_of(const JournalEntry& entry);

/// How loud it is. Of transitions: failed is an error; cancelled, lost, expired before there was a
/// link, and missed are warnings; the rest is information.
LogLevel level_of(const JournalEntry& entry);

/// Keys and values, but for the level. What Atlas did not say is left out. Only of what is told.
std::vector<Field> event_fields(const JournalEntry& entry);

}  // namespace restorewatch
