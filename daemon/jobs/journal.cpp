#include "jobs/journal.h"

namespace restorewatch {

WallTime time_of(const JournalEntry& entry) {
  if (const Transition* const transition = entry.transition()) return transition->observed_at;
  return std::get<Note>(entry.what).at;  // g++ 12 warns of the null that note() may be
}

}  // namespace restorewatch
