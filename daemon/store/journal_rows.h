#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "jobs/journal.h"
#include "store/query.h"

namespace restorewatch {

/// The columns of `journal` that are hashed, in order.
std::string hashed_columns();

/// These and the hash: what get_entry() reads.
std::string entry_columns();

/// The highest number ever given to an entry, also where its end was cut off.
inline constexpr const char* kGetLastSeq =
    "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'journal'";

/// Puts the hashed columns, all of which must stay alive until the query is done. `target`: the
/// row in `targets` of a transition. `detail`: of detail_of().
void put_entry(Query& query, std::uint64_t seq, const Transition& transition,
               std::optional<std::int64_t> target, const std::optional<std::string>& detail);
void put_entry(Query& query, std::uint64_t seq, const Note& note);

/// What a transition has to say beyond its columns, which are frozen: "violations=target_project".
std::optional<std::string> detail_of(const Transition& transition);

/// Reads such a detail. Another one rejects the query.
Violations get_violations(Query& query);

struct EntryRow {
  JournalEntry entry;
  std::optional<std::int64_t> target;  // the row in `targets`
};

/// Reads the columns of an entry.
EntryRow get_entry(Query& query);

}  // namespace restorewatch
