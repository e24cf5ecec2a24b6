#include <string>

#include "bench/process_use.h"
#include "bench/scenario_figures.h"
#include "bench/scenarios.h"

namespace restorewatch::testing_fleet {
namespace {

using std::chrono::minutes;

constexpr double kMebibyte = 1024.0 * 1024;

/// What a stretch of time used.
struct Use {
  double cpu_s = 0;
  double heap_mib = 0;  // at its end
  double resident_mib = 0;
  double questions = 0;
};

Use pass_measured(FleetRun& run, minutes length) {
  const double cpu_before = cpu_seconds();
  run.pass(length);
  Use use;
  use.cpu_s = cpu_seconds() - cpu_before;
  use.heap_mib = static_cast<double>(heap_bytes()) / kMebibyte;
  use.resident_mib = static_cast<double>(resident_bytes()) / kMebibyte;
  use.questions = static_cast<double>(run.gaps().take().questions);
  return use;
}

void add_use(std::vector<Figure>& figures, const std::string& name, const Use& use) {
  figures.push_back({name + "_cpu", use.cpu_s, "s"});
  figures.push_back({name + "_heap", use.heap_mib, "MiB"});
  figures.push_back({name + "_resident", use.resident_mib, "MiB"});
  figures.push_back({name + "_looks_per_cpu_second", use.questions / use.cpu_s, "looks/s"});
}

/// The first stretch fills what retention later cuts, so the second is what the last must equal.
void add_growth(std::vector<Figure>& figures, const std::vector<Use>& uses) {
  if (uses.size() < 3) return;
  const Use& second = uses[1];
  const Use& last = uses.back();
  figures.push_back({"steady_heap_growth", last.heap_mib / second.heap_mib, "ratio", 1.05});
  figures.push_back(
      {"steady_resident_growth", last.resident_mib / second.resident_mib, "ratio", 1.05});
  figures.push_back({"steady_cpu_growth", last.cpu_s / second.cpu_s, "ratio"});  // others run, too
}

}  // namespace

std::vector<Figure> steady(const FleetRunOptions& options, int stretches, minutes stretch) {
  FleetRun run(options);
  run.begin();
  std::vector<Figure> figures;
  std::vector<Use> uses;
  for (int nth = 1; nth <= stretches; ++nth) {
    uses.push_back(pass_measured(run, stretch));
    add_use(figures, "steady_stretch_" + std::to_string(nth), uses.back());
  }
  add_growth(figures, uses);
  add_latencies(figures, "steady", run.ledger().period(), options.poller);
  add_exactness(figures, "steady", run, 2 * options.poller.collection_interval);
  add_calls(figures, "steady", run, run.fleet().meter().period(), stretch * stretches);
  const auto in_flight = static_cast<double>(run.fleet().most_in_flight());
  figures.push_back({"steady_in_flight_most", in_flight, "calls"});
  figures.push_back({"steady_overruns", run.metric("restorewatch_poll_overruns_total"), "turns"});
  return figures;
}

}  // namespace restorewatch::testing_fleet
