#include "store/store_metrics.h"

#include <utility>

#include "store/store_files.h"

namespace restorewatch {
namespace {

prometheus::Family<prometheus::Counter>& commits(Telemetry& telemetry) {
  return telemetry.counter("restorewatch_store_commits_total",
                           "Poll results handed to the store, by what became of them.");
}

// From a commit that only reaches the kernel (10 us) to one that waits for a slow disk.
prometheus::Histogram::BucketBoundaries duration_bounds() {
  return {0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5};
}

double size_of(const std::string& path) {
  return static_cast<double>(size_of_file(path) + size_of_file(log_of(path)));
}

}  // namespace

StoreMetrics::StoreMetrics(Telemetry& telemetry, std::string path)
    : path_(std::move(path)),
      writable_(telemetry
                    .gauge("restorewatch_store_writable",
                           "Whether the last attempt to write to the store succeeded.")
                    .Add({})),
      committed_(commits(telemetry).Add({{"result", "committed"}})),
      conflict_(commits(telemetry).Add({{"result", "conflict"}})),
      failed_(commits(telemetry).Add({{"result", "failed"}})),
      duration_(telemetry
                    .histogram("restorewatch_store_commit_duration_seconds",
                               "How long a transaction took; waiting results share one.")
                    .Add({}, duration_bounds())),
      size_(telemetry
                .gauge("restorewatch_store_size_bytes",
                       "Size of the store's file and its write-ahead log.")
                .Add({})),
      last_commit_(telemetry.gauge("restorewatch_store_last_commit_timestamp_seconds",
                                   "When a transaction was last committed.")),
      rows_(telemetry
                .counter("restorewatch_store_rows_written_total",
                         "Rows inserted or changed in committed transactions.")
                .Add({})) {
  writable_.Set(1);
  size_.Set(size_of(path_));
}

void StoreMetrics::show_writable(bool writable) {
  writable_.Set(writable ? 1 : 0);
}

void StoreMetrics::count_answer(CommitStatus status) {
  switch (status) {
    case CommitStatus::Committed:
      return committed_.Increment();
    case CommitStatus::Conflict:
      return conflict_.Increment();
    case CommitStatus::Failed:
      return failed_.Increment();
  }
}

void StoreMetrics::count_transaction(std::chrono::nanoseconds duration, std::int64_t rows,
                                     WallTime at) {
  duration_.Observe(std::chrono::duration<double>(duration).count());
  rows_.Increment(static_cast<double>(rows));
  last_commit_.Add({}).Set(unix_seconds(at));  // the same gauge each time
  size_.Set(size_of(path_));
}

}  // namespace restorewatch
