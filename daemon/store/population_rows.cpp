#include "store/population_rows.h"

#include "store/fields.h"
#include "store/rows.h"

namespace restorewatch {

// A whole key: ?1 project, ?2 name, ?3 source, ?4 cluster id. Which rows are the same target says
// same_target(): the ids decide where both have one, else the names.
PopulationRows::PopulationRows(Database& database)
    : get_(database.prepare("SELECT " + target_row() + ", blind FROM population")),
      remove_by_id_(database.prepare("DELETE FROM population WHERE project_id = ?1 AND "
                                     "source = ?3 AND cluster_id = ?4 AND ?2 IS NOT NULL")),
      remove_by_name_(database.prepare(
          "DELETE FROM population WHERE project_id = ?1 AND source = ?3 AND cluster_name = ?2 "
          "AND (cluster_id IS NULL OR ?4 IS NULL)")),
      insert_(database.prepare("INSERT INTO population (" + target_row() +
                               ", blind) VALUES (?, ?, ?, ?, ?)")) {}

Result<std::vector<PopulationMember>> PopulationRows::read() {
  std::vector<PopulationMember> members;
  Query query(get_);
  while (query.next()) {
    PopulationMember& member = members.emplace_back();
    member.target = get_target(query);
    get_into(member.blind, query);
  }
  if (!query.ok()) return query.error();
  return members;
}

Status PopulationRows::write(const Note& note) {
  if (!note.target) return Success{};
  if (Status removed = remove(*note.target); !removed) return removed;
  if (note.kind == NoteKind::TargetRemoved) return Success{};
  Query query(insert_);
  put(query, *note.target);
  put(query, note.kind == NoteKind::TargetBlind);
  return query.run();
}

Status PopulationRows::remove(const TargetKey& target) {
  for (Statement* const statement : {&remove_by_id_, &remove_by_name_}) {
    Query query(*statement);
    put(query, target);
    if (Status done = query.run(); !done) return done;
  }
  return Success{};
}

}  // namespace restorewatch
