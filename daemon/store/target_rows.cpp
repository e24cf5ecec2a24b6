#include "store/target_rows.h"

#include <string>

#include "store/fields.h"
#include "store/rows.h"

namespace restorewatch {
namespace {

// Both take a whole key: ?1 project, ?2 name, ?3 source, ?4 cluster id.
std::string select(const std::string& rest) {
  return "SELECT id, version, baseline_at, last_looked_at FROM targets "
         "WHERE project_id = ?1 AND source = ?3 AND " +
         rest;
}

Result<std::optional<TargetRow>> first_row(Statement& statement, const TargetKey& key) {
  Query query(statement);
  put(query, key);
  const bool found = query.next();
  if (!query.ok()) return query.error();
  if (!found) return std::optional<TargetRow>{};
  TargetRow row;
  get_into(row.id, query);
  get_into(row.version, query);
  get_into(row.baseline_at, query);
  get_into(row.last_looked_at, query);
  return std::optional(row);
}

}  // namespace

TargetRows::TargetRows(Database& database)
    : by_id_(database.prepare(select("cluster_id = ?4"))),
      by_name_(database.prepare(select("cluster_name = ?2 AND (cluster_id IS NULL OR ?4 IS NULL) "
                                       "ORDER BY cluster_id IS NOT NULL, id DESC LIMIT 1"))) {}

Result<std::optional<TargetRow>> TargetRows::find(const TargetKey& key) {
  if (key.cluster_id) {
    Result<std::optional<TargetRow>> row = first_row(by_id_, key);
    if (!row || row->has_value()) return row;
  }
  return first_row(by_name_, key);
}

TargetRowWriter::TargetRowWriter(Database& database)
    : rows_(database),
      insert_(database.prepare("INSERT INTO targets (project_id, cluster_name, source, cluster_id, "
                               "last_looked_at, baseline_at, version) VALUES (?, ?, ?, ?, ?, ?, 1) "
                               "RETURNING id")),
      advance_(database.prepare(
          "UPDATE targets SET version = version + 1, cluster_name = ?, "
          "cluster_id = coalesce(?, cluster_id), last_looked_at = coalesce(?, last_looked_at), "
          "baseline_at = coalesce(?, baseline_at) WHERE id = ?")),
      insert_look_(database.prepare("INSERT INTO targets (project_id, cluster_name, source, "
                                    "cluster_id, last_looked_at, version) "
                                    "VALUES (?, ?, ?, ?, ?, 0)")),
      update_look_(database.prepare("UPDATE targets SET last_looked_at = ? WHERE id = ?")) {}

Result<std::optional<std::int64_t>> TargetRowWriter::claim(const PollResult& result) {
  const Result<std::optional<TargetRow>> found = rows_.find(result.target);
  if (!found) return found.error();
  const std::uint64_t version = found->has_value() ? (*found)->version : 0;
  if (version != result.expected_version) return std::optional<std::int64_t>{};
  if (!found->has_value()) {
    const Result<std::int64_t> id = insert(result);
    if (!id) return id.error();
    return std::optional(*id);
  }
  if (Status done = advance((*found)->id, result); !done) return done.error();
  return std::optional((*found)->id);
}

Status TargetRowWriter::note_look(const TargetKey& key, WallTime at) {
  const Result<std::optional<TargetRow>> found = rows_.find(key);
  if (!found) return found.error();
  Query query(found->has_value() ? update_look_ : insert_look_);
  if (!found->has_value()) put(query, key);
  put(query, at);
  if (found->has_value()) put(query, (*found)->id);
  return query.run();
}

Result<std::int64_t> TargetRowWriter::insert(const PollResult& first) {
  Query query(insert_);
  put(query, first.target);
  put(query, first.looked_at);
  put(query, first.baseline_at);
  if (!query.next()) return query.error();
  return query.get_integer();
}

Status TargetRowWriter::advance(std::int64_t id, const PollResult& result) {
  Query query(advance_);
  put(query, result.target.cluster_name);
  put(query, result.target.cluster_id);
  put(query, result.looked_at);
  put(query, result.baseline_at);
  put(query, id);
  return query.run();
}

}  // namespace restorewatch
