#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/progress.h"
#include "jobs/inventory_store.h"
#include "jobs/job_store.h"
#include "store/writer.h"

namespace restorewatch {

/// A commit that waits for the store's thread. Without a change, the queue was full when it came:
/// only its answer is owed.
struct WaitingCommit {
  std::optional<Change> change;
  JobStore::CommitDone done;
};

struct WorkLimits {
  std::size_t group_size = 512;     // changes in one transaction
  std::size_t queue_size = 10'000;  // changes that wait; of those beyond, only the answer is kept
  std::chrono::milliseconds flush_interval{1000};  // that looks and cursors wait for company
};

/// What the store's thread has to do: commits in their order, the newest inventory, and the newest
/// look of each target and position of each sink, which wait a while to go along with a commit.
/// Thread-safe.
class PendingWork {
 public:
  using Cursors = std::map<std::string, std::uint64_t, std::less<>>;
  using Parked = std::map<std::pair<std::string, std::uint64_t>, std::string>;  // WriteGroup's

  struct Batch {
    std::vector<WaitingCommit> commits;
    std::map<TargetKey, WallTime> looks;
    std::map<std::string, std::uint64_t> cursors;
    Parked parked;
    std::optional<std::vector<KnownProject>> inventory;
  };

  /// `clock` must outlive it. `cursors`: as stored.
  PendingWork(const Clock& clock, WorkLimits limits, Cursors cursors);

  /// False once closed; `commit` is then untouched.
  bool submit(WaitingCommit& commit);
  void look(const std::vector<LookedAt>& looks);
  void save(std::vector<KnownProject> inventory);  // in place of one that still waits

  void advance(std::string_view sink, std::uint64_t seq);
  std::optional<std::uint64_t> cursor(std::string_view sink) const;  // moved, written or not
  void park(std::string_view sink, std::uint64_t seq, std::string reason);

  /// Waits until something is to be written now; nothing once closed and empty.
  std::optional<Batch> take();

  /// These could not be written: their sinks' newest positions are due again, and what was parked.
  void retry(const std::map<std::string, std::uint64_t>& cursors, Parked parked);

  /// In batches: one has ended when the next one is asked for.
  Progress progress() const;

  /// Takes no more, and lets take() give what is left without waiting.
  void close();

 private:
  // All with mutex_ held.
  bool has_urgent_work() const { return !commits_.empty() || inventory_.has_value(); }
  bool has_looks_or_cursors() const {
    return !looks_.empty() || !moved_.empty() || !parked_.empty();
  }
  void start_flush_timer();
  Batch take_group();

  const Clock& clock_;
  const WorkLimits limits_;
  mutable std::mutex mutex_;  // guards everything below
  std::condition_variable changed_;
  std::deque<WaitingCommit> commits_;
  std::size_t changes_ = 0;  // among commits_
  std::optional<std::vector<KnownProject>> inventory_;
  std::map<TargetKey, WallTime> looks_;
  Cursors cursors_;
  std::set<std::string, std::less<>> moved_;  // sinks whose position is not written
  Parked parked_;
  SteadyTime flush_at_;  // holds while there are looks or cursors
  std::uint64_t batches_done_ = 0;
  bool batch_is_out_ = false;  // taken, and not ended
  bool closed_ = false;
};

}  // namespace restorewatch
