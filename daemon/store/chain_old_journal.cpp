#include "store/chain_old_journal.h"

#include "jobs/note.h"
#include "store/anchor.h"
#include "store/fields.h"
#include "store/journal_writer.h"
#include "store/rows.h"

namespace restorewatch {
namespace {

// Counters were of targets, rows of names, and a name may have been used again: which rows a
// counter came from cannot be told for sure. So the anchor begins with all of them.
constexpr const char* kKeepCounters =
    "INSERT INTO anchor_counters SELECT target, name, value FROM target_counters";

/// Gives when the last of them was observed.
Result<std::optional<WallTime>> copy_rows(Database& database, JournalWriter& journal) {
  Statement get_rows =
      database.prepare("SELECT " + transition_row() + " FROM journal_1 ORDER BY seq");
  if (Status prepared = database.prepared(); !prepared) return prepared.error();
  std::optional<WallTime> last;
  Query query(get_rows);
  while (query.next()) {
    const Transition transition = get_transition(query);
    if (!query.ok()) return query.error();
    if (Status done = journal.append(transition, std::nullopt); !done) return done.error();
    last = transition.observed_at;
  }
  if (!query.ok()) return query.error();
  return last;
}

}  // namespace

Status chain_old_journal(Database& database) {
  JournalWriter journal(database);
  if (Status found = journal.find_head(); !found) return found;
  const auto last = copy_rows(database, journal);
  if (!last) return last.error();
  if (!last->has_value()) return Success{};
  if (Status kept = database.execute(kKeepCounters); !kept) return kept;
  Result<std::string> anchor = anchor_in_words(database);
  if (!anchor) return anchor.error();
  return journal.append(Note{NoteKind::StoreUpgraded, **last, {}, {}, *std::move(anchor)});
}

}  // namespace restorewatch
