#include "store/writer.h"

#include <algorithm>
#include <utility>

#include "store/fields.h"
#include "store/query.h"
#include "store/rows.h"
#include "store/schema.h"

namespace restorewatch {
namespace {

bool must_reach_the_disk(const Change* change) {
  const auto* const result = std::get_if<PollResult>(change);
  return result == nullptr || !result->transitions.empty() || result->baseline_at.has_value();
}

bool must_reach_the_disk(const WriteGroup& group) {
  const auto one = [](const Change* change) { return must_reach_the_disk(change); };
  return std::ranges::any_of(group.changes, one);
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
  Writer writer(std::move(database), path);
  if (Status prepared = writer.database_->prepared(); !prepared) return prepared.error();
  if (Status found = writer.journal_->find_head(); !found) return found.error();
  return writer;
}

Writer::Writer(std::unique_ptr<Database> database, const std::string& path)
    : database_(std::move(database)),
      files_(path),
      begin_(database_->prepare("BEGIN IMMEDIATE")),
      commit_(database_->prepare("COMMIT")),
      rollback_(database_->prepare("ROLLBACK")),
      savepoint_(database_->prepare("SAVEPOINT result")),
      release_(database_->prepare("RELEASE result")),
      rollback_to_(database_->prepare("ROLLBACK TO result")),
      put_cursor_(database_->prepare("INSERT INTO cursors (sink, seq) VALUES (?, ?) "
                                     "ON CONFLICT DO UPDATE SET seq = excluded.seq")),
      put_parked_(database_->prepare("INSERT OR REPLACE INTO parked (sink, seq, reason) "
                                     "VALUES (?, ?, ?)")),
      journal_(std::make_unique<JournalWriter>(*database_)),
      result_writer_(*database_, *journal_),
      population_(*database_),
      retention_(*database_, *journal_),
      inventory_writer_(*database_) {}

Result<Written> Writer::write(const WriteGroup& group) {
  if (Status there = files_.still_in_place(); !there) return there.error();
  if (Status set = set_synchronous(must_reach_the_disk(group)); !set) return set.error();
  const std::int64_t rows_before = database_->rows_changed();
  const ChainHead head_before = journal_->head();
  Written written;
  if (Status done = write_all(group, written); !done) {
    roll_back();
    journal_->go_back_to(head_before);
    return done.error();
  }
  written.rows = database_->rows_changed() - rows_before;
  written.journal_grew = journal_->head() != head_before;
  return written;
}

Result<std::int64_t> Writer::save_inventory(std::vector<KnownProject> projects) {
  InventoryWriter::Inventory inventory = by_id(std::move(projects));
  if (inventory_writer_.holds(inventory)) return std::int64_t{0};
  if (Status there = files_.still_in_place(); !there) return there.error();
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
  for (const Change* const change : group.changes) {
    if (Status done = write_apart(*change, written); !done) return done;
  }
  if (Status done = write_looks(group); !done) return done;
  if (Status done = write_cursors(group); !done) return done;
  if (Status done = write_parked(group); !done) return done;
  return run(commit_);
}

Status Writer::write_apart(const Change& change, Written& written) {
  if (Status set = run(savepoint_); !set) return set;
  const ChainHead head_before = journal_->head();
  Result<CommitStatus> status =
      std::visit([this](const auto& what) { return write_change(what); }, change);
  if (!status) {
    // A cut that cannot be made must not take the results beside it with it.
    const bool only_this = database_->row_at_fault() || std::holds_alternative<Cut>(change);
    if (!only_this || !database_->in_transaction()) return status.error();
    written.refusal = status.error().detail;
    if (Status undone = run(rollback_to_); !undone) return undone;
    journal_->go_back_to(head_before);
    status = CommitStatus::Failed;
  }
  written.statuses.push_back(*status);
  return run(release_);
}

Result<CommitStatus> Writer::write_change(const PollResult& result) {
  return result_writer_.write(result);
}

Result<CommitStatus> Writer::write_change(const std::vector<Note>& notes) {
  for (const Note& note : notes) {
    if (Status done = journal_->append(note); !done) return done.error();
    if (Status done = population_.write(note); !done) return done.error();
  }
  return CommitStatus::Committed;
}

Result<CommitStatus> Writer::write_change(const Cut& cut) {
  if (Status done = retention_.cut(cut.horizon, cut.at); !done) return done.error();
  return CommitStatus::Committed;
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

Status Writer::write_parked(const WriteGroup& group) {
  for (const auto& [entry, reason] : group.parked) {
    Query query(put_parked_);
    put(query, entry.first);
    put(query, entry.second);
    put(query, reason);
    if (Status done = query.run(); !done) return done;
  }
  return Success{};
}

Status Writer::run(Statement& statement) {
  return Query(statement).run();
}

}  // namespace restorewatch
