#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "jobs/journal.h"
#include "store/query.h"

namespace restorewatch {

/// The end of a chain of entries: the last one's number, and its hash, which is over all of them.
struct ChainHead {
  std::uint64_t seq = 0;
  Digest hash{};  // zeros before the first entry

  bool operator==(const ChainHead&) const = default;
};

/// The columns of `journal` that are hashed, in order, and the last one, which holds the hash.
std::string hashed_columns();
inline constexpr const char* kHashColumn = "hash";

/// Puts the hashed columns, all of which must stay alive until the query is done. `target`: the
/// row in `targets` of a transition.
void put_entry(Query& query, std::uint64_t seq, const Transition& transition,
               std::optional<std::int64_t> target);
void put_entry(Query& query, std::uint64_t seq, const Note& note);

struct EntryRow {
  JournalEntry entry;
  std::optional<std::int64_t> target;  // the row in `targets`
};

/// Reads the hashed columns and the hash.
EntryRow get_entry(Query& query);

}  // namespace restorewatch
