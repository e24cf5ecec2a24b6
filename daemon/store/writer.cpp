#include "store/writer.h"

#include <algorithm>
#include <utility>

#include "store/fields.h"
#include "store/query.h"
#include "store/rows.h"
#include "store/schema.h"

namespace restorewatch {
namespace {

bool must_reach_the_disk(const PollResult* result) {
  return !result->transitions.empty() || result->baseline_at.has_value();
}

bool must_reach_the_disk(const WriteGroup& group) {
  const auto one = [](const PollResult* result) { return must_reach_the_disk(result); };
  return std::ranges::any_of(group.results, one);
}

InventoryWriter::Inventory by_id(std::vector<KnownProject> projects) {
  InventoryWriter::Inventory inventory;
  for (KnownProject& known : projects) {
    const ProjectId id = known.project.id;
    inventory.insert_or_assign(id, std::move(known));
  }
  return inventory;
}

}  // namespace

Result<Writer> Writer::open(const std::string& path) {
  Result<Database> opened = Database::open(path, Database::Mode::ReadWrite);
  if (!opened) return opened.error();
  auto database = std::make_unique<Database>(std::move(*opened));
  if (Status ready = prepare_schema(*database, path); !ready) return ready.error();
  Writer writer(std::move(database));
  if (Status prepared = writer.database_->prepared(); !prepared) return prepared.error();
  return writer;
}

Writer::Writer(std::unique_ptr<Database> database)
    : database_(std::move(database)),
      begin_(database_->prepare("BEGIN IMMEDIATE")),
      commit_(database_->prepare("COMMIT")),
      rollback_(database_->prepare("ROLLBACK")),
      savepoint_(database_->prepare("SAVEPOINT result")),
      release_(database_->prepare("RELEASE result")),
      rollback_to_(database_->prepare("ROLLBACK TO result")),
      put_cursor_(database_->prepare("INSERT INTO cursors (sink, seq) VALUES (?, ?) "
                                     "ON CONFLICT DO UPDATE SET seq = excluded.seq")),
      result_writer_(*database_),
      inventory_writer_(*database_) {}

Result<Written> Writer::write(const WriteGroup& group) {
  if (Status set = set_synchronous(must_reach_the_disk(group)); !set) return set.error();
  const std::int64_t rows_before = database_->rows_changed();
  Written written;
  if (Status done = write_all(group, written); !done) {
    roll_back();
    return done.error();
  }
  written.rows = database_->rows_changed() - rows_before;
  return written;
}

Result<std::int64_t> Writer::save_inventory(std::vector<KnownProject> projects) {
  InventoryWriter::Inventory inventory = by_id(std::move(projects));
  if (inventory_writer_.holds(inventory)) return std::int64_t{0};
  if (Status set = set_synchronous(false); !set) return set.error();
  const std::int64_t rows_before = database_->rows_changed();
  if (Status done = replace_inventory(std::move(inventory)); !done) {
    roll_back();
    inventory_writer_.forget();
    return done.error();
  }
  return database_->rows_changed() - rows_before;
}

void Writer::checkpoint() {
  (void)database_->integer("PRAGMA wal_checkpoint(TRUNCATE)");  // a log that stays is read later
}

Status Writer::set_synchronous(bool full) {
  if (full == full_) return Success{};
  Status set = database_->execute(full ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
  if (set) full_ = full;
  return set;
}

Status Writer::replace_inventory(InventoryWriter::Inventory inventory) {
  if (Status begun = run(begin_); !begun) return begun;
  if (Status done = inventory_writer_.write(std::move(inventory)); !done) return done;
  return run(commit_);
}

void Writer::roll_back() {
  // SQLite has often done so by itself, as on a full disk.
  if (database_->in_transaction()) (void)run(rollback_);
}

Status Writer::write_all(const WriteGroup& group, Written& written) {
  if (Status begun = run(begin_); !begun) return begun;
  for (const PollResult* const result : group.results) {
    if (Status done = write_apart(*result, written); !done) return done;
  }
  if (Status done = write_looks(group); !done) return done;
  if (Status done = write_cursors(group); !done) return done;
  return run(commit_);
}

Status Writer::write_apart(const PollResult& result, Written& written) {
  if (Status set = run(savepoint_); !set) return set;
  Result<CommitStatus> status = result_writer_.write(result);
  if (!status) {
    if (!database_->row_at_fault()) return status.error();
    written.refusal = status.error().detail;
    if (Status undone = run(rollback_to_); !undone) return undone;
    status = CommitStatus::Failed;
  }
  written.statuses.push_back(*status);
  return run(release_);
}

Status Writer::write_looks(const WriteGroup& group) {
  for (const auto& [target, at] : group.looks) {
    if (Status done = result_writer_.write_look(target, at); !done) return done;
  }
  return Success{};
}

Status Writer::write_cursors(const WriteGroup& group) {
  for (const auto& [sink, seq] : group.cursors) {
    Query query(put_cursor_);
    put(query, sink);
    put(query, seq);
    if (Status done = query.run(); !done) return done;
  }
  return Success{};
}

Status Writer::run(Statement& statement) {
  return Query(statement).run();
}

}  // namespace restorewatch
