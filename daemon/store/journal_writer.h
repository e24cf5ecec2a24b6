#pragma once

#include <cstdint>
#include <optional>

#include "base/result.h"
#include "store/chain_head.h"
#include "store/database.h"
#include "store/journal_rows.h"

namespace restorewatch {

/// Appends entries to the journal inside an open transaction, each with a hash over itself and the
/// hash of the one before. It remembers the chain's end: after a rollback, say where that was.
class JournalWriter {
 public:
  /// `database` must outlive it; whether all could be prepared says database.prepared().
  explicit JournalWriter(Database& database);

  /// Finds the chain's end. Before the first append(). Errors: Storage.
  Status find_head();

  const ChainHead& head() const { return head_; }
  void go_back_to(const ChainHead& head) { head_ = head; }

  /// `target`: the row in `targets`, where that is known. Errors: Storage.
  Status append(const Transition& transition, std::optional<std::int64_t> target);
  Status append(const Note& note);

 private:
  template <typename Put>
  Status append_row(Put put_columns);

  Statement insert_;
  Statement get_head_;
  ChainHead head_;
};

}  // namespace restorewatch
