// Where there are fewer calls than the poller would like to make.

#include <algorithm>

#include "bench/scenario_figures.h"
#include "bench/scenarios.h"

namespace restorewatch::testing_fleet {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

double in_seconds(std::chrono::milliseconds time) {
  return std::chrono::duration<double>(time).count();
}

/// As exported, of all targets.
double mean_effective_interval(const Snapshot& snapshot) {
  double sum = 0;
  for (const auto& view : snapshot.targets) sum += in_seconds(view->effective_interval);
  return sum / static_cast<double>(snapshot.targets.size());
}

}  // namespace

std::vector<Figure> over_committed(FleetRunOptions options, std::uint32_t clusters,
                                   minutes length) {
  options.shape.projects = 1;
  options.shape.clusters_a_project = clusters;
  options.shape.collections = false;
  FleetRun run(options);
  run.begin();
  run.pass(length);
  const LookGaps::Totals gaps = run.gaps().take();
  const double exported = mean_effective_interval(run.snapshot());
  std::vector<Figure> figures;
  const auto add = [&](const char* name, double value, const char* unit,
                       std::optional<double> goal = std::nullopt) {
    figures.push_back({name, value, unit, goal});
  };
  add("over_committed_interval_exported", exported, "s");
  add("over_committed_interval_measured", gaps.mean_idle_s, "s", exported * 1.1);
  add("over_committed_interval_overstated", exported / gaps.mean_idle_s, "ratio", 1.1);
  add("over_committed_longest_wait", in_seconds(gaps.longest), "s", exported * 2);
  const auto& active = run.ledger().period().latencies[static_cast<std::size_t>(Place::Active)];
  add("over_committed_active_p99", in_seconds(active.quantile(0.99)), "s",
      in_seconds(options.poller.active_interval) + 5);
  add_exactness(figures, "over_committed", run,
                minutes(10) + 2 * seconds(static_cast<std::int64_t>(exported)));
  add_calls(figures, "over_committed", run, run.fleet().meter().period(), length);
  return figures;
}

std::vector<Figure> throttled(const FleetRunOptions& options) {
  FleetRun run(options);
  run.ledger().set_apart(0, run.world());
  run.begin();
  run.pass(minutes(30));
  CallMeter& meter = run.fleet().meter();
  meter.begin_period();
  const SteadyTime drained_until = run.clock().steady_now() + minutes(10);
  meter.drain(0, drained_until);
  run.pass(minutes(10));
  const CallMeter::Period during = meter.begin_period();
  run.pass(minutes(10));  // to recover
  run.gaps().take();
  const CallMeter::Period after = meter.begin_period();
  run.pass(minutes(30));

  std::vector<Figure> figures;
  add_latencies(figures, "throttled_others", run.ledger().period(), options.poller);
  const auto refused = static_cast<double>(during.refused);
  figures.push_back({"throttled_refused", refused, "calls", 40});  // a try every 20 s, and at first
  figures.push_back({"throttled_impatient", static_cast<double>(during.impatient), "calls", 0});
  figures.push_back(
      {"throttled_refused_afterwards", static_cast<double>(after.refused), "calls", 0});
  figures.push_back({"throttled_recovery_most", static_cast<double>(most_in_a_minute(after)),
                     "calls/min", share_a_minute(options)});
  figures.push_back({"throttled_wait_afterwards", in_seconds(run.gaps().take().longest), "s",
                     1.2 * in_seconds(options.poller.collection_interval)});
  add_exactness(figures, "throttled", run, 2 * options.poller.collection_interval);
  return figures;
}

}  // namespace restorewatch::testing_fleet
