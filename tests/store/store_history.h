#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <variant>
#include <vector>

#include "jobs/counters.h"
#include "jobs/job_store.h"
#include "jobs/journal.h"
#include "jobs/note.h"
#include "store/samples.h"
#include "store/sqlite_store.h"

namespace restorewatch {

/// What one life after the other hands to a store, in order, and what is known after each commit:
/// the truth that a file is compared with after something bad has happened to it.
class StoreHistory {
 public:
  explicit StoreHistory(std::uint32_t seed) : results_(seed), states_(1) {}

  /// One more commit, onto a target that differs from commit to commit. Each job stands where its
  /// last transition left it, so that the journal can be proved.
  const PollResult& next();
  /// One more commit, of notes.
  std::vector<Note> next_notes();
  /// The last one was answered Failed: it did not happen.
  void take_back();
  /// A look at a target that something was committed to, for SqliteStore::checkpoint.
  LookedAt look();

  std::size_t commits() const { return states_.size() - 1; }
  std::uint64_t last_seq() const { return states_.back().entries; }

  /// Fails the test unless the store holds exactly what is known after some number of commits,
  /// which it returns: nothing half, nothing twice, nothing else. Looks may be older.
  std::size_t expect_some_moment(SqliteStore& store) const;

 private:
  struct State {
    std::map<TargetKey, TargetRecord> records;
    FleetTotals totals;
    std::size_t entries = 0;     // of journal_
    std::uint64_t versions = 0;  // of all targets together
    PollResult result;           // the last one until here
  };

  void append(State& state, std::variant<Transition, Note> what);
  const State* moment_of(std::uint64_t versions, std::uint64_t last_seq) const;  // null: none
  void expect_record(const TargetRecord& actual, TargetRecord expected) const;

  RandomResults results_;
  std::vector<State> states_;  // after so many commits
  std::vector<JournalEntry> journal_;
  std::map<TargetKey, std::set<WallTime>> looks_;
};

}  // namespace restorewatch
