#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "jobs/job_store.h"
#include "jobs/note.h"
#include "store/database.h"
#include "store/inventory_writer.h"
#include "store/journal_writer.h"
#include "store/open_files.h"
#include "store/population_rows.h"
#include "store/result_writer.h"
#include "store/retention.h"

namespace restorewatch {

/// What retention is to take: see JobStore::forget().
struct Cut {
  WallTime horizon;
  WallTime at;
};

/// What can be committed; each is written wholly or not at all.
using Change = std::variant<PollResult, std::vector<Note>, Cut>;

/// What goes into one transaction.
struct WriteGroup {
  std::vector<const Change*> changes;
  std::map<TargetKey, WallTime> looks;
  std::map<std::string, std::uint64_t> cursors;
  std::map<std::pair<std::string, std::uint64_t>, std::string> parked;  // (sink, seq) -> why

  bool empty() const {
    return changes.empty() && looks.empty() && cursors.empty() && parked.empty();
  }
};

struct Written {
  std::vector<CommitStatus> statuses;  // of each change, in order
  bool journal_grew = false;
  std::int64_t rows = 0;
  std::optional<std::string> refusal;  // why the last Failed one could not be stored
};

/// The one connection that writes. On one thread.
class Writer {
 public:
  /// Opens the file, which must exist, and makes it a store of this version (see schema.h).
  static Result<Writer> open(const std::string& path);

  /// Writes the group in one transaction. With a journal entry or a baseline in it, it is on the
  /// disk when this returns; anything else may be lost with the power, never with the process.
  /// A change that conflicts, or whose values cannot be stored, leaves the others alone; any
  /// other failure is an error, and then nothing at all was written.
  Result<Written> write(const WriteGroup& group);

  /// Replaces the inventory in a transaction of its own, and writes only what has changed: gives
  /// the number of rows. On an error the file holds what it held. May be lost with the power.
  Result<std::int64_t> save_inventory(std::vector<KnownProject> projects);

  /// Moves the write-ahead log into the file and empties it, as far as readers allow.
  void checkpoint();

 private:
  Writer(std::unique_ptr<Database> database, const std::string& path);

  Status set_synchronous(bool full);
  Status replace_inventory(InventoryWriter::Inventory inventory);
  void roll_back();
  Status write_all(const WriteGroup& group, Written& written);
  Status write_apart(const Change& change, Written& written);
  Result<CommitStatus> write_change(const PollResult& result);
  Result<CommitStatus> write_change(const std::vector<Note>& notes);
  Result<CommitStatus> write_change(const Cut& cut);
  Status write_looks(const WriteGroup& group);
  Status write_cursors(const WriteGroup& group);
  Status write_parked(const WriteGroup& group);
  static Status run(Statement& statement);

  std::unique_ptr<Database> database_;  // at an address that statements may keep
  OpenFiles files_;
  Statement begin_;
  Statement commit_;
  Statement rollback_;
  Statement savepoint_;
  Statement release_;
  Statement rollback_to_;
  Statement put_cursor_;
  Statement put_parked_;
  std::unique_ptr<JournalWriter> journal_;  // at an address that those below may keep
  ResultWriter result_writer_;
  PopulationRows population_;
  Retention retention_;
  InventoryWriter inventory_writer_;
  std::optional<bool> full_;  // the connection's synchronous: FULL or NORMAL
};

}  // namespace restorewatch
