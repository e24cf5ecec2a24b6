#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "base/progress.h"
#include "base/result.h"
#include "base/telemetry.h"
#include "jobs/inventory_store.h"
#include "jobs/job_store.h"
#include "jobs/journal.h"
#include "jobs/population_store.h"

namespace restorewatch {

struct StoreOptions {
  std::string path;                 // the file is created where it is missing, its folder is not
  std::size_t group_size = 512;     // results that share a transaction at most
  std::size_t queue_size = 10'000;  // results that wait; beyond, a commit is answered Failed
  std::chrono::milliseconds flush_interval{1000};  // that looks and cursors may stay unwritten
  std::chrono::milliseconds stop_timeout{3000};    // for writing what waits, also in drain()
  /// Called on the store's thread once journal rows are committed, before that is answered.
  std::function<void()> on_journal{};
  /// Called on the store's thread when it cannot go on, as without memory: what was under way is
  /// never answered, so the process should end. May be empty.
  std::function<void()> on_death{};
};

struct StoreDeps {
  const Clock& clock;    // must outlive the store
  Telemetry& telemetry;  // must outlive the store
  Log log;
};

/// Job state, journal, cursors and the inventory in one SQLite file, written by one thread of its
/// own. The tables are described in docs/store.md. Thread-safe.
///
/// A commit with a transition, a note or a baseline is on the disk when it is answered Committed;
/// any other one survives the process, but perhaps not a power cut. Nothing of a commit that was
/// answered Conflict or Failed is visible to anybody. When writing fails (full disk, I/O error)
/// everything in the transaction is answered Failed, and the next commit simply tries again.
class SqliteStore final : public JobStore,
                          public Journal,
                          public InventoryStore,
                          public PopulationStore {
 public:
  /// Opens or creates the store and starts its thread. Errors, each with its remedy: BadConfig
  /// for what the operator can mend (folder missing or not writable, a file that is not a store
  /// of ours, a newer version, another process that uses it), Storage for a damaged file, which
  /// is left as it is.
  static Result<std::unique_ptr<SqliteStore>> open(StoreOptions options, StoreDeps deps);

  ~SqliteStore() override;  // stops
  SqliteStore(const SqliteStore&) = delete;
  SqliteStore& operator=(const SqliteStore&) = delete;

  Result<TargetRecord> load(const TargetKey& target) override;
  Result<FleetTotals> load_totals() override;
  Result<std::vector<TargetKey>> known_targets() override;
  void commit(PollResult result, CommitDone done) override;
  void checkpoint(std::vector<LookedAt> looks) override;
  void forget(WallTime horizon, WallTime at, CommitDone done) override;
  Result<std::optional<WallTime>> forgotten_before() override;

  Result<std::vector<JournalEntry>> read_after(std::uint64_t after, std::size_t limit) override;
  Result<std::uint64_t> last_seq() override;
  Result<std::uint64_t> open_cursor(std::string_view sink) override;
  Result<std::uint64_t> cursor(std::string_view sink) override;
  void advance(std::string_view sink, std::uint64_t seq) override;
  void park(std::string_view sink, std::uint64_t seq, std::string reason) override;

  Result<std::vector<PopulationMember>> load_population() override;
  void record(std::vector<Note> notes, CommitDone done) override;

  Result<std::vector<KnownProject>> load_inventory() override;
  void save_inventory(std::vector<KnownProject> projects) override;

  /// The last attempt to write succeeded.
  bool healthy() const;

  /// Of the thread that writes. Takes no longer than handing over a result.
  Progress progress() const;

  /// Returns when everything handed over before it is written and answered, or after
  /// stop_timeout. The store goes on. Not from a callback.
  void drain();

  /// Writes and answers what waits, for stop_timeout at most; the rest is answered Failed. After
  /// that commits are answered Failed at once, on the caller's thread, moved cursors are not
  /// kept, and reading still works. Not from a callback; may be called again.
  void stop();

 private:
  struct Parts;
  explicit SqliteStore(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace restorewatch
