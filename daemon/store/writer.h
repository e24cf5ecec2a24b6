#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "jobs/job_store.h"
#include "store/database.h"
#include "store/inventory_writer.h"
#include "store/result_writer.h"

namespace restorewatch {

/// What goes into one transaction.
struct WriteGroup {
  std::vector<const PollResult*> results;
  std::map<TargetKey, WallTime> looks;
  std::map<std::string, std::uint64_t> cursors;

  bool empty() const { return results.empty() && looks.empty() && cursors.empty(); }
};

struct Written {
  std::vector<CommitStatus> statuses;  // of each result, in order
  std::int64_t rows = 0;
  std::optional<std::string> refusal;  // why the last Failed one could not be stored
};

/// The one connection that writes. On one thread.
class Writer {
 public:
  /// Opens the file, which must exist, and makes it a store of this version (see schema.h).
  static Result<Writer> open(const std::string& path);

  /// Writes the group in one transaction. With a transition or a baseline in it, it is on the
  /// disk when this returns; anything else may be lost with the power, never with the process.
  /// A result that conflicts, or whose values cannot be stored, leaves the others alone; any
  /// other failure is an error, and then nothing at all was written.
  Result<Written> write(const WriteGroup& group);

  /// Replaces the inventory in a transaction of its own, and writes only what has changed: gives
  /// the number of rows. On an error the file holds what it held. May be lost with the power.
  Result<std::int64_t> save_inventory(std::vector<KnownProject> projects);

  /// Moves the write-ahead log into the file and empties it, as far as readers allow.
  void checkpoint();

 private:
  explicit Writer(std::unique_ptr<Database> database);

  Status set_synchronous(bool full);
  Status replace_inventory(InventoryWriter::Inventory inventory);
  void roll_back();
  Status write_all(const WriteGroup& group, Written& written);
  Status write_apart(const PollResult& result, Written& written);
  Status write_looks(const WriteGroup& group);
  Status write_cursors(const WriteGroup& group);
  static Status run(Statement& statement);

  std::unique_ptr<Database> database_;  // at an address that statements may keep
  Statement begin_;
  Statement commit_;
  Statement rollback_;
  Statement savepoint_;
  Statement release_;
  Statement rollback_to_;
  Statement put_cursor_;
  ResultWriter result_writer_;
  InventoryWriter inventory_writer_;
  std::optional<bool> full_;  // the connection's synchronous: FULL or NORMAL
};

}  // namespace restorewatch
