#pragma once

#include <cstdint>
#include <optional>

#include "base/result.h"
#include "base/time.h"
#include "jobs/target_record.h"
#include "store/database.h"

namespace restorewatch {

/// A row of `targets`, without what stands in its name.
struct TargetRow {
  std::int64_t id = 0;
  std::uint64_t version = 0;
  std::optional<WallTime> baseline_at;
  std::optional<WallTime> last_looked_at;
};

/// Which row of `targets` a key means: the one with its cluster's id; else the one of its name that
/// has no id yet, which is adopted by the next commit. A key without an id means the row of its
/// name that has none either, else the newest of that name.
class TargetRows {
 public:
  /// `database` must outlive it; whether all could be prepared says database.prepared().
  explicit TargetRows(Database& database);

  /// Absent: there is none yet. Errors: Storage.
  Result<std::optional<TargetRow>> find(const TargetKey& key);

 private:
  Statement by_id_;
  Statement by_name_;
};

/// Writes them, inside an open transaction.
class TargetRowWriter {
 public:
  /// As of TargetRows.
  explicit TargetRowWriter(Database& database);

  /// The row's id, with its version counted up and the key's name and id taken over; absent when
  /// the version is not the one that `result` expects. Errors: Storage.
  Result<std::optional<std::int64_t>> claim(const PollResult& result);

  /// Notes when the target was last looked at.
  Status note_look(const TargetKey& key, WallTime at);

 private:
  Result<std::int64_t> insert(const PollResult& first);
  Status advance(std::int64_t id, const PollResult& result);

  TargetRows rows_;
  Statement insert_;
  Statement advance_;
  Statement insert_look_;
  Statement update_look_;
};

}  // namespace restorewatch
