#include "poller/poll_telemetry.h"

#include <array>
#include <utility>

#include "jobs/sources.h"

namespace restorewatch {
namespace {

constexpr std::array kPollErrors{
    ErrorKind::Unauthorized, ErrorKind::Forbidden, ErrorKind::NotFound,
    ErrorKind::Throttled,    ErrorKind::Timeout,   ErrorKind::Unreachable,
    ErrorKind::Malformed,    ErrorKind::Gone,      ErrorKind::Other};

prometheus::Labels error_labels(const ProjectId& project, ErrorKind kind) {
  return {{"project_id", to_string(project)}, {"reason", std::string(label(kind))}};
}

}  // namespace

PollTelemetry::PollTelemetry(Telemetry& telemetry)
    : errors_(telemetry.counter("restorewatch_poll_errors_total",
                                "Looks at a target that failed or stayed partial, by reason.")),
      targets_(telemetry.gauge("restorewatch_targets",
                               "Clusters being watched, counted once for each source.")),
      projects_(
          telemetry.gauge("restorewatch_projects", "Projects that are known, excluded ones too.")
              .Add({})),
      not_polled_(telemetry.gauge("restorewatch_clusters_not_polled",
                                  "Clusters that are known but not looked at, by reason.")),
      overruns_(
          telemetry
              .counter(
                  "restorewatch_poll_overruns_total",
                  "Turns skipped because the target's last look had not ended, or the rate budget "
                  "gave no more.")
              .Add({})),
      interval_(telemetry
                    .gauge("restorewatch_poll_interval_seconds",
                           "How often each target is looked at, as configured.")
                    .Add({})),
      reachable_(telemetry
                     .gauge("restorewatch_atlas_reachable",
                            "0 while Atlas as a whole gives no answer that makes sense.")
                     .Add({})),
      anomalies_(telemetry.counter("restorewatch_anomalies_total",
                                   "Things in Atlas's answers that should not be, by kind.")),
      sweep_duration_(telemetry
                          .gauge("restorewatch_sweep_duration_seconds",
                                 "How long the last round over all targets took.")
                          .Add({})),
      sweep_completed_(telemetry.gauge("restorewatch_sweep_last_completed_timestamp_seconds",
                                       "When the last round over all targets ended.")) {
  reachable_.Set(1);
  for (std::size_t i = 0; i < kAnomalyCount; ++i) {
    anomalies_.Add({{"kind", std::string(label(static_cast<Anomaly>(i)))}});
  }
  for (const std::string_view kind : {kUnreadableJob, kUnknownDelivery, kUnknownState}) {
    anomalies_.Add({{"kind", std::string(kind)}});
  }
}

void PollTelemetry::interval(std::chrono::milliseconds interval) {
  interval_.Set(std::chrono::duration<double>(interval).count());
}

void PollTelemetry::inventory(const Inventory& inventory) {
  std::map<Source, double> by_source;
  std::array<double, kNotPolledCount> not_polled{};
  for (const InventoryProject& project : inventory.projects) {
    for (const InventoryCluster& cluster : project.clusters) {
      for (const WatchedSource& watched : cluster.sources) ++by_source[watched.source];
      if (cluster.not_polled) ++not_polled[static_cast<std::size_t>(*cluster.not_polled)];
    }
  }
  for (const SourceFacts& facts : all_sources()) {
    targets_.Add({{"source", std::string(label(facts.source))}}).Set(by_source[facts.source]);
  }
  for (std::size_t i = 0; i < kNotPolledCount; ++i) {
    const auto reason = label(static_cast<NotPolled>(i));
    not_polled_.Add({{"reason", std::string(reason)}}).Set(not_polled[i]);
  }
  projects_.Set(static_cast<double>(inventory.projects.size()));
  follow_projects(inventory);
}

/// A project's counters live as long as it is in the inventory.
void PollTelemetry::follow_projects(const Inventory& inventory) {
  std::map<ProjectId, std::vector<prometheus::Counter*>> left = std::move(errors_of_);
  errors_of_.clear();
  for (const InventoryProject& project : inventory.projects) {
    auto& counters = errors_of_[project.project.id];
    if (const auto known = left.extract(project.project.id)) {
      counters = std::move(known.mapped());
      continue;
    }
    for (const ErrorKind kind : kPollErrors) {
      counters.push_back(&errors_.Add(error_labels(project.project.id, kind)));
    }
  }
  for (const auto& [project, counters] : left) {
    for (prometheus::Counter* counter : counters) errors_.Remove(counter);
  }
}

void PollTelemetry::poll_failed(const ProjectId& project, ErrorKind kind) {
  if (errors_of_.contains(project)) errors_.Add(error_labels(project, kind)).Increment();
}

void PollTelemetry::turns_skipped(std::uint64_t turns) {
  overruns_.Increment(static_cast<double>(turns));
}

void PollTelemetry::reachable(bool reachable) {
  reachable_.Set(reachable ? 1 : 0);
}

void PollTelemetry::anomaly(std::string_view kind) {
  anomalies_.Add({{"kind", std::string(kind)}}).Increment();
}

void PollTelemetry::sweep_completed(std::chrono::nanoseconds duration, WallTime at) {
  sweep_duration_.Set(std::chrono::duration<double>(duration).count());
  sweep_completed_.Add({}).Set(unix_seconds(at));
}

}  // namespace restorewatch
