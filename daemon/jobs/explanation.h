#pragma once

#include <string>

#include "jobs/target_record.h"
#include "jobs/words.h"

namespace restorewatch {

/// Which rule gave a job its state, in words for people: "failed is true". What Atlas showed is
/// not kept word for word, but each state has one rule for each source.
std::string reason_of_state(Source source, const RestoreJob& job);

/// Which rule gave a job its outcome, or why it has none yet.
std::string reason_of_outcome(Source source, const TrackedJob& tracked);

}  // namespace restorewatch
