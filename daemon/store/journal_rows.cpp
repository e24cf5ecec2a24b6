#include "store/journal_rows.h"

#include <string_view>
#include <utility>

#include "store/fields.h"
#include "store/rows.h"

namespace restorewatch {
namespace {

constexpr std::string_view kViolations = "violations=";

}  // namespace

std::string hashed_columns() {
  return "seq, kind, " + transition_row() + ", target, detail";
}

std::string entry_columns() {
  return hashed_columns() + ", hash";
}

void put_entry(Query& query, std::uint64_t seq, const Transition& transition,
               std::optional<std::int64_t> target, const std::optional<std::string>& detail) {
  put(query, seq);
  query.put_integer(kTransitionCode);
  put(query, transition);
  put(query, target);
  put(query, detail);
}

void put_entry(Query& query, std::uint64_t seq, const Note& note) {
  put(query, seq);
  put(query, note.kind);
  put_in_transition_row(query, note);
  query.put_null();
  put(query, note.detail);
}

std::optional<std::string> detail_of(const Transition& transition) {
  if (transition.violations.none()) return std::nullopt;
  return std::string(kViolations) + label(transition.violations);
}

Violations get_violations(Query& query) {
  const auto detail = get<std::optional<std::string>>(query);
  if (!detail) return {};
  if (!detail->starts_with(kViolations)) {
    query.reject();
    return {};
  }
  const auto violations = violations_from(std::string_view(*detail).substr(kViolations.size()));
  if (!violations) query.reject();
  return violations.value_or(Violations{});
}

EntryRow get_entry(Query& query) {
  EntryRow row;
  get_into(row.entry.seq, query);
  const std::int64_t kind = query.get_integer();
  if (kind == kTransitionCode) {
    Transition transition = get_transition(query);
    get_into(row.target, query);
    transition.violations = get_violations(query);
    row.entry.what = std::move(transition);
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
