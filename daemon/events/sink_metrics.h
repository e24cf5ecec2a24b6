#pragma once

#include <cstdint>
#include <string>

#include "base/telemetry.h"

namespace restorewatch {

/// One sink's instruments. They go with it. Thread-safe.
class SinkMetrics {
 public:
  SinkMetrics(Telemetry& telemetry, const std::string& sink);  // `telemetry` must outlive this
  ~SinkMetrics();
  SinkMetrics(const SinkMetrics&) = delete;
  SinkMetrics& operator=(const SinkMetrics&) = delete;

  void count_delivered() { delivered_.Increment(); }
  void count_parked() { parked_.Increment(); }
  void count_lost(std::uint64_t entries) { lost_.Increment(static_cast<double>(entries)); }

  /// Done up to `cursor` of a journal that ends at `last_seq`.
  void show_pending(std::uint64_t cursor, std::uint64_t last_seq);

 private:
  using Counters = prometheus::Family<prometheus::Counter>;
  using Gauges = prometheus::Family<prometheus::Gauge>;

  Counters& delivered_family_;
  Counters& parked_family_;
  Counters& lost_family_;
  Gauges& pending_family_;
  prometheus::Counter& delivered_;
  prometheus::Counter& parked_;
  prometheus::Counter& lost_;
  prometheus::Gauge& pending_;
};

}  // namespace restorewatch
