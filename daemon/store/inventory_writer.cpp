#include "store/inventory_writer.h"

#include <utility>
#include <vector>

#include "store/fields.h"
#include "store/query.h"

namespace restorewatch {
namespace {

using Inventory = InventoryWriter::Inventory;

bool holds_same(const Inventory& inventory, const KnownProject& known) {
  const auto found = inventory.find(known.project.id);
  return found != inventory.end() && found->second == known;
}

}  // namespace

InventoryWriter::InventoryWriter(Database& database)
    : reader_(database),
      remove_{database.prepare("DELETE FROM projects WHERE project_id = ?"),
              database.prepare("DELETE FROM project_credentials WHERE project_id = ?"),
              database.prepare("DELETE FROM clusters WHERE project_id = ?"),
              database.prepare("DELETE FROM cluster_sources WHERE project_id = ?"),
              database.prepare("DELETE FROM tags WHERE project_id = ?")},
      add_project_(database.prepare(
          "INSERT INTO projects (project_id, name, known_since) VALUES (?, ?, ?)")),
      add_credential_(database.prepare(
          "INSERT INTO project_credentials (project_id, place, name) VALUES (?, ?, ?)")),
      add_cluster_(database.prepare(
          "INSERT INTO clusters (project_id, place, name, cluster_id, tier, api, created_at, "
          "backup_enabled, paused, deleted) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")),
      add_source_(database.prepare(
          "INSERT INTO cluster_sources (project_id, place, nth, source, from_the_start) "
          "VALUES (?, ?, ?, ?, ?)")),
      add_tag_(database.prepare(
          "INSERT INTO tags (project_id, place, name, value) VALUES (?, ?, ?, ?)")) {}

Status InventoryWriter::write(Inventory inventory) {
  if (Status read = read_what_is_written(); !read) return read;
  for (const auto& [id, known] : *written_) {
    if (holds_same(inventory, known)) continue;
    if (Status done = remove(id); !done) return done;
  }
  for (const auto& [id, known] : inventory) {
    if (holds_same(*written_, known)) continue;
    if (Status done = add(known); !done) return done;
  }
  written_ = std::move(inventory);
  return Success{};
}

Status InventoryWriter::read_what_is_written() {
  if (written_) return Success{};
  Result<std::vector<KnownProject>> read = reader_.read();
  if (!read) return read.error();
  Inventory& written = written_.emplace();
  for (KnownProject& known : *read) {
    const ProjectId id = known.project.id;
    written.emplace_hint(written.end(), id, std::move(known));  // they come in order
  }
  return Success{};
}

Status InventoryWriter::remove(const ProjectId& id) {
  for (Statement& statement : remove_) {
    Query query(statement);
    put(query, id);
    if (Status done = query.run(); !done) return done;
  }
  return Success{};
}

Status InventoryWriter::add(const KnownProject& known) {
  {
    Query query(add_project_);
    put(query, known.project.id);
    put(query, known.project.name);
    put(query, known.known_since);
    if (Status done = query.run(); !done) return done;
  }
  if (Status done = add_credentials(known); !done) return done;
  if (Status done = add_tags(known.project.id, 0, known.project.tags); !done) return done;
  return add_clusters(known);
}

Status InventoryWriter::add_credentials(const KnownProject& known) {
  std::uint64_t place = 0;
  for (const std::string& name : known.credentials) {
    Query query(add_credential_);
    put(query, known.project.id);
    put(query, ++place);
    put(query, name);
    if (Status done = query.run(); !done) return done;
  }
  return Success{};
}

Status InventoryWriter::add_clusters(const KnownProject& known) {
  const ProjectId& id = known.project.id;
  std::uint64_t place = 0;
  for (const auto& [cluster, sources] : known.clusters) {
    if (Status done = add_cluster(id, ++place, cluster); !done) return done;
    if (Status done = add_sources(id, place, sources); !done) return done;
    if (Status done = add_tags(id, place, cluster.tags); !done) return done;
  }
  return Success{};
}

Status InventoryWriter::add_cluster(const ProjectId& id, std::uint64_t place,
                                    const Cluster& cluster) {
  Query query(add_cluster_);
  put(query, id);
  put(query, place);
  put(query, cluster.name);
  put(query, cluster.id);
  put(query, cluster.tier);
  put(query, cluster.api);
  put(query, cluster.created_at);
  put(query, cluster.backup_enabled);
  put(query, cluster.paused);
  put(query, cluster.deleted);
  return query.run();
}

Status InventoryWriter::add_sources(const ProjectId& id, std::uint64_t place,
                                    const std::vector<WatchedSource>& sources) {
  std::uint64_t nth = 0;
  for (const WatchedSource& watched : sources) {
    Query query(add_source_);
    put(query, id);
    put(query, place);
    put(query, ++nth);
    put(query, watched.source);
    put(query, watched.from_the_start);
    if (Status done = query.run(); !done) return done;
  }
  return Success{};
}

Status InventoryWriter::add_tags(const ProjectId& id, std::uint64_t place, const Tags& tags) {
  for (const auto& [name, value] : tags) {
    Query query(add_tag_);
    put(query, id);
    put(query, place);
    put(query, name);
    put(query, value);
    if (Status done = query.run(); !done) return done;
  }
  return Success{};
}

}  // namespace restorewatch
