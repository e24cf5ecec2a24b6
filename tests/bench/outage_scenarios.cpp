// Where Atlas or the daemon is away for a while.

#include <algorithm>
#include <cstdint>

#include "bench/scenario_figures.h"
#include "bench/scenarios.h"

namespace restorewatch::testing_fleet {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

/// While Atlas is away, so large a part of the calls is still made at most.
constexpr double kTrickle = 0.1;

constexpr std::uint32_t kOverCommitted = 5;

}  // namespace

std::vector<Figure> outage(const FleetRunOptions& options) {
  FleetRun run(options);
  run.begin();
  run.pass(minutes(30));
  CallMeter& meter = run.fleet().meter();
  const CallMeter::Period normal = meter.begin_period();
  run.fleet().fail_until(run.clock().steady_now() + minutes(30));
  run.pass(minutes(30));
  const CallMeter::Period away = meter.begin_period();
  const WallTime back_at = run.clock().wall_now();
  run.pass(options.poller.collection_interval + minutes(1));
  const CallMeter::Period recovery = meter.begin_period();
  const std::size_t unseen = run.gaps().not_asked_since(back_at);
  run.ledger().begin_period();
  run.pass(minutes(30));

  std::vector<Figure> figures;
  const auto count = [&](const char* name, auto value, const char* unit, auto... goal) {
    figures.push_back({name, static_cast<double>(value), unit, goal...});
  };
  count("outage_calls_before", normal.calls, "calls");
  count("outage_calls_during", away.calls, "calls", static_cast<double>(normal.calls) * kTrickle);
  count("outage_recovery_not_looked_at", unseen, "targets", 0.0);
  // Each bucket at its pace, and the few calls that a bucket at rest has ready.
  count("outage_recovery_ten_seconds_most", recovery.most_in_ten_seconds, "calls",
        options.shape.projects * (share_a_minute(options) / 6 + 3));
  count("outage_recovery_most", most_in_a_minute(recovery), "calls/min", share_a_minute(options));
  count("outage_refused", recovery.refused, "calls", 0.0);
  add_latencies(figures, "outage_afterwards", run.ledger().period(), options.poller);
  add_exactness(figures, "outage", run, 2 * options.poller.collection_interval);
  return figures;
}

std::vector<Figure> restart(FleetRunOptions options) {
  // Over-committed, so that every call is made that may be made.
  options.shape.clusters_a_project *= kOverCommitted;
  options.shape.projects = std::max(1U, options.shape.projects / kOverCommitted);
  FleetRun run(options);
  run.begin();
  run.pass(minutes(30));
  const CallMeter::Period normal = run.fleet().meter().begin_period();
  for (int i = 0; i < 5; ++i) {  // as after a crash: at once, and again while it is young
    run.restart(seconds(2));
    run.pass(seconds(40));
  }
  run.pass(minutes(10));
  const CallMeter::Period calls = run.fleet().meter().begin_period();

  std::vector<Figure> figures;
  figures.push_back({"restart_ten_seconds_most", static_cast<double>(calls.most_in_ten_seconds),
                     "calls", 1.25 * static_cast<double>(normal.most_in_ten_seconds)});
  add_calls(figures, "restart", run, calls, minutes(14));
  add_exactness(figures, "restart", run, 2 * options.poller.collection_interval);
  return figures;
}

}  // namespace restorewatch::testing_fleet
