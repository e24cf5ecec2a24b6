#include "store/journal_rows.h"

#include "store/fields.h"
#include "store/rows.h"

namespace restorewatch {

std::string hashed_columns() {
  return "seq, kind, " + transition_row() + ", target, detail";
}

std::string entry_columns() {
  return hashed_columns() + ", hash";
}

void put_entry(Query& query, std::uint64_t seq, const Transition& transition,
               std::optional<std::int64_t> target) {
  put(query, seq);
  query.put_integer(kTransitionCode);
  put(query, transition);
  put(query, target);
  query.put_null();
}

void put_entry(Query& query, std::uint64_t seq, const Note& note) {
  put(query, seq);
  put(query, note.kind);
  put_in_transition_row(query, note);
  query.put_null();
  put(query, note.detail);
}

EntryRow get_entry(Query& query) {
  EntryRow row;
  get_into(row.entry.seq, query);
  const std::int64_t kind = query.get_integer();
  if (kind == kTransitionCode) {
    row.entry.what = get_transition(query);
    get_into(row.target, query);
    query.skip();
  } else {
    const std::optional<NoteKind> known = from_code<NoteKind>(kind);
    if (!known) query.reject();
    Note note = get_note_in_transition_row(query);
    note.kind = known.value_or(NoteKind{});
    query.skip();
    get_into(note.detail, query);
    row.entry.what = std::move(note);
  }
  get_into(row.entry.hash, query);
  return row;
}

}  // namespace restorewatch
