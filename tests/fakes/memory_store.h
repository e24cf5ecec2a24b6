#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "jobs/inventory_store.h"
#include "jobs/job_store.h"
#include "jobs/journal.h"
#include "jobs/population.h"

namespace restorewatch {

/// A store that forgets at exit. It keeps every promise of its interfaces but one: there is no
/// store thread, so `done` is called by whoever causes the answer: inside commit(), or
/// inside answer_next() after hold(). Thread-safe; callbacks run without the lock.
class MemoryStore final : public JobStore,
                          public Journal,
                          public InventoryStore,
                          public PopulationStore {
 public:
  Result<TargetRecord> load(const TargetKey& target) override;
  Result<FleetTotals> load_totals() override;
  Result<std::vector<TargetKey>> known_targets() override;
  void commit(PollResult result, CommitDone done) override;
  void checkpoint(std::vector<LookedAt> looks) override;
  void forget(WallTime horizon, WallTime at, CommitDone done) override;  // at once, held or not
  Result<std::optional<WallTime>> forgotten_before() override;

  Result<std::vector<JournalEntry>> read_after(std::uint64_t after, std::size_t limit) override;
  Result<std::uint64_t> last_seq() override;
  Result<std::uint64_t> open_cursor(std::string_view sink) override;
  Result<std::uint64_t> cursor(std::string_view sink) override;
  void advance(std::string_view sink, std::uint64_t seq) override;
  void park(std::string_view sink, std::uint64_t seq, std::string reason) override;

  Result<std::vector<KnownProject>> load_inventory() override;
  void save_inventory(std::vector<KnownProject> projects) override;  // at once, held or not

  Result<std::vector<PopulationMember>> load_population() override;
  void record(std::vector<Note> notes, CommitDone done) override;  // at once, held or not

  /// What sinks have given up.
  std::map<std::pair<std::string, std::uint64_t>, std::string> parked() const;

  /// From now on commits wait, unwritten, until the test lets them happen.
  void hold();
  /// Writes and answers the oldest waiting commit; false when none waits.
  bool answer_next();
  /// Answers all that wait, in order; later ones are answered at once again.
  void release();
  std::size_t waiting() const;

  /// While true, commits are answered Failed and nothing is changed, as on a full disk.
  void fail_writes(bool fail);
  /// While true, every read is a Storage error.
  void fail_reads(bool fail);

  /// Called once journal rows are committed, before that is answered. Set it first.
  void on_journal(std::function<void()> listener);

 private:
  struct Waiting {
    PollResult result;
    CommitDone done;
  };

  bool answer_first(bool end_hold_when_none);
  void answer(const Waiting& waiting);
  // All with mutex_ held.
  TargetRecord* find(const TargetKey& key);  // null: there is none yet
  TargetRecord& find_or_add(const TargetKey& key);
  CommitStatus write(const PollResult& result);
  CommitStatus write(const std::vector<Note>& notes);
  CommitStatus cut(WallTime horizon, WallTime at);
  void append(std::variant<Transition, Note> what);

  mutable std::mutex mutex_;  // guards everything below
  std::map<std::pair<ProjectId, Source>, std::vector<TargetRecord>> records_;  // oldest first
  FleetTotals totals_;
  std::vector<JournalEntry> journal_;  // without hashes
  std::uint64_t last_seq_ = 0;
  std::optional<WallTime> forgotten_before_;
  Population population_;
  std::map<std::pair<std::string, std::uint64_t>, std::string> parked_;
  std::map<std::string, std::uint64_t, std::less<>> cursors_;
  std::map<ProjectId, KnownProject> inventory_;
  std::deque<Waiting> waiting_;
  std::function<void()> listener_;
  bool held_ = false;
  bool fail_writes_ = false;
  bool fail_reads_ = false;
};

}  // namespace restorewatch
