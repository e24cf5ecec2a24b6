#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/telemetry.h"
#include "jobs/diff.h"
#include "jobs/inventory.h"

namespace restorewatch {

/// The poller's instruments.
class PollTelemetry {
 public:
  explicit PollTelemetry(Telemetry& telemetry);

  void interval(std::chrono::milliseconds interval);
  void inventory(const Inventory& inventory);  // births the error counters of each project
  void poll_failed(const ProjectId& project, ErrorKind kind);
  void turns_skipped(std::uint64_t turns);
  void reachable(bool reachable);
  void anomaly(std::string_view kind);
  void sweep_completed(std::chrono::nanoseconds duration, WallTime at);

 private:
  void follow_projects(const Inventory& inventory);

  prometheus::Family<prometheus::Counter>& errors_;
  std::map<ProjectId, std::vector<prometheus::Counter*>> errors_of_;  // of each project
  prometheus::Family<prometheus::Gauge>& targets_;
  prometheus::Gauge& projects_;
  prometheus::Family<prometheus::Gauge>& not_polled_;
  prometheus::Counter& overruns_;
  prometheus::Gauge& interval_;
  prometheus::Gauge& reachable_;
  prometheus::Family<prometheus::Counter>& anomalies_;
  prometheus::Gauge& sweep_duration_;
  prometheus::Family<prometheus::Gauge>& sweep_completed_;
};

/// Kinds of restorewatch_anomalies_total that a listing alone can show; the others are Anomaly's.
inline constexpr std::string_view kUnreadableJob = "unreadable_job";
inline constexpr std::string_view kUnknownDelivery = "unknown_delivery";
inline constexpr std::string_view kUnknownState = "unknown_state";

}  // namespace restorewatch
