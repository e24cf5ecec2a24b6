#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "jobs/journal.h"

namespace restorewatch {

/// All that the journal of a store holds. Nobody else may have the store open. Throws if it cannot
/// be read.
std::vector<JournalEntry> read_journal(const std::string& store);

/// What the store's own proof of its journal finds wrong: hashes, counters, jobs. Sentences. Throws
/// if it cannot be read.
std::vector<std::string> store_findings(const std::string& store);

/// The ids of what the journal tells to the outside, in its order.
std::vector<std::string> event_ids(const std::vector<JournalEntry>& journal);

/// The entries that a sink has given up. Throws if that cannot be read.
std::set<std::uint64_t> given_up_by(const std::string& store, const std::string& sink);

/// What cannot be so whatever happened: numbers with gaps, an event twice, a step that does not
/// begin where the one before ended, a request or an outcome counted twice. Sentences.
std::vector<std::string> journal_findings(const std::vector<JournalEntry>& journal);

}  // namespace restorewatch
