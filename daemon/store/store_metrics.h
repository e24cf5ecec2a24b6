#pragma once

#include <cstdint>
#include <string>

#include "base/telemetry.h"
#include "base/time.h"
#include "jobs/job_store.h"

namespace restorewatch {

/// What the store tells about itself: restorewatch_store_*. Used by the store's thread.
class StoreMetrics {
 public:
  StoreMetrics(Telemetry& telemetry, std::string path);

  void show_writable(bool writable);
  void count_answer(CommitStatus status);
  void count_transaction(std::chrono::nanoseconds duration, std::int64_t rows, WallTime at);

 private:
  std::string path_;
  prometheus::Gauge& writable_;
  prometheus::Counter& committed_;
  prometheus::Counter& conflict_;
  prometheus::Counter& failed_;
  prometheus::Histogram& duration_;
  prometheus::Gauge& size_;
  prometheus::Family<prometheus::Gauge>& last_commit_;  // absent until there was one
  prometheus::Counter& rows_;
};

}  // namespace restorewatch
