#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "base/telemetry.h"
#include "store/pending_work.h"
#include "store/store_metrics.h"
#include "store/writer.h"

namespace restorewatch {

/// The store's one thread: takes waiting work group by group, writes it, answers.
class StoreThread {
 public:
  struct Options {
    std::chrono::milliseconds stop_timeout;
    std::function<void()> on_journal;  // see StoreOptions; may be empty
    std::function<void()> on_death;    // likewise
  };

  /// `work` and `clock` must outlive it. Starts at once.
  StoreThread(Writer writer, PendingWork& work, Options options, const Clock& clock,
              StoreMetrics metrics, Log log);
  ~StoreThread() { stop(); }

  /// Writes what waits, answers everything, empties the write-ahead log, and ends. After
  /// stop_timeout what still waits is answered Failed. Not on the store's thread; may be
  /// called again.
  void stop();

  /// The last attempt to write succeeded. Thread-safe.
  bool healthy() const { return healthy_; }

 private:
  void run();
  void work_until_closed();
  void refuse_the_rest();
  void handle(PendingWork::Batch batch);
  std::optional<Written> write(const WriteGroup& group);
  void write_inventory(std::vector<KnownProject> projects);
  void note_success();
  void note_failure(const std::string& reason);
  bool out_of_time() const;

  Writer writer_;
  PendingWork& work_;
  const Options options_;
  const Clock& clock_;
  StoreMetrics metrics_;
  const Log log_;
  std::atomic<bool> healthy_{true};
  std::atomic<SteadyTime> give_up_at_{SteadyTime::max()};
  std::jthread thread_;  // last: it uses everything above
};

}  // namespace restorewatch
