#include "bench/scenario_figures.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace restorewatch::testing_fleet {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::array<std::string_view, kPlaceCount> kPlaces{"active", "beside", "idle",
                                                            "collection"};
constexpr std::array<std::string_view, kCallKindCount> kKinds{"first_pages", "further_pages",
                                                              "singles"};
constexpr double kTolerance = 1.01;

double in_seconds(milliseconds time) {
  return std::chrono::duration<double>(time).count();
}

/// P10: the time between two looks, and a few seconds to look and to commit.
milliseconds goal_of(Place place, const PollerOptions& poller) {
  switch (place) {
    case Place::Active:
      return poller.active_interval + seconds(2);
    case Place::Beside:
    case Place::Idle:
      return poller.interval + seconds(5);
    case Place::Collection:
      return poller.collection_interval + seconds(5);
  }
  return {};
}

}  // namespace

void add_latencies(std::vector<Figure>& figures, const std::string& scenario,
                   const DetectionLedger::Period& period, const PollerOptions& poller) {
  for (std::size_t place = 0; place < kPlaceCount; ++place) {
    const Latencies& latencies = period.latencies[place];
    if (latencies.count() == 0) continue;
    const std::string name = scenario + "_detection_" + std::string(kPlaces[place]);
    const double goal = in_seconds(goal_of(static_cast<Place>(place), poller));
    figures.push_back({name + "_changes", static_cast<double>(latencies.count()), "changes"});
    figures.push_back({name + "_p50", in_seconds(latencies.quantile(0.5)), "s"});
    figures.push_back({name + "_p99", in_seconds(latencies.quantile(0.99)), "s", goal});
    figures.push_back({name + "_max", in_seconds(latencies.quantile(1)), "s"});
  }
}

void add_exactness(std::vector<Figure>& figures, const std::string& scenario, FleetRun& run,
                   milliseconds patience) {
  const auto& period = run.ledger().period();
  const auto undetected = run.ledger().undetected(run.clock().wall_now() - patience);
  figures.push_back({scenario + "_jobs", static_cast<double>(run.world().jobs_begun()), "jobs"});
  figures.push_back({scenario + "_first_seen_ended", static_cast<double>(period.missed), "jobs"});
  figures.push_back({scenario + "_undetected", static_cast<double>(undetected), "changes", 0});
  figures.push_back(
      {scenario + "_unexpected", static_cast<double>(period.unexpected), "changes", 0});
}

std::size_t most_in_a_minute(const CallMeter::Period& calls) {
  return *std::ranges::max_element(calls.most_in_a_minute);
}

double share_a_minute(const FleetRunOptions& options) {
  return options.share * options.atlas.limit.refill_a_minute * kTolerance;
}

void add_calls(std::vector<Figure>& figures, const std::string& scenario, const FleetRun& run,
               const CallMeter::Period& calls, std::chrono::minutes length) {
  const double share = share_a_minute(run.options());
  const auto minutes = static_cast<double>(length.count());
  figures.push_back({scenario + "_bucket_most", static_cast<double>(most_in_a_minute(calls)),
                     "calls/min", share});
  for (std::size_t kind = 0; kind < kCallKindCount; ++kind) {
    figures.push_back(
        {scenario + "_" + std::string(kKinds[kind]),
         static_cast<double>(calls.by_kind[kind]) / minutes / run.options().shape.projects,
         "calls/min/project"});
  }
  figures.push_back({scenario + "_refused", static_cast<double>(calls.refused), "calls", 0});
  figures.push_back({scenario + "_impatient", static_cast<double>(calls.impatient), "calls", 0});
}

}  // namespace restorewatch::testing_fleet
