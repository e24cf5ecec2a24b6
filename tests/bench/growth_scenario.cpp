#include <algorithm>
#include <vector>

#include "bench/process_use.h"
#include "bench/scenarios.h"

namespace restorewatch::testing_fleet {
namespace {

using std::chrono::minutes;

/// Enough looks at a fleet of any size for the clock of the CPU to tell them.
constexpr double kLooks = 400'000;

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

FleetRunOptions fleet_of(std::uint32_t targets) {
  FleetRunOptions options;
  options.shape.collections = false;
  options.shape.clusters_a_project = 100;
  options.shape.projects = targets / 100;
  options.shape.listed_jobs = 2;
  options.poller.max_in_flight = 1000;
  options.quiet = minutes(2);  // every target is looked at within one
  return options;
}

/// A cycle takes a minute.
double us_per_look(FleetRun& run, std::uint32_t targets) {
  run.gaps().take();
  const double before = cpu_seconds();
  run.pass(minutes(std::max<std::int64_t>(2, static_cast<std::int64_t>(kLooks / targets))));
  const double used = cpu_seconds() - before;
  return used * 1e6 / static_cast<double>(run.gaps().take().questions);
}

}  // namespace

std::vector<Figure> cycles(std::uint32_t targets, minutes length) {
  FleetRun run(fleet_of(targets));
  run.begin();
  run.pass(length);
  return {{"cycles_looks", static_cast<double>(run.gaps().take().questions), "looks"}};
}

std::vector<Figure> growth(std::uint32_t small_targets, std::uint32_t large_targets, int repeats) {
  FleetRun small(fleet_of(small_targets));
  FleetRun large(fleet_of(large_targets));
  small.begin();
  large.begin();
  std::vector<double> small_us;
  std::vector<double> large_us;
  for (int i = 0; i < repeats; ++i) {
    small_us.push_back(us_per_look(small, small_targets));
    large_us.push_back(us_per_look(large, large_targets));
  }
  return {{"growth_small", median(small_us), "us/look"},
          {"growth_large", median(large_us), "us/look"},
          {"growth_ratio", median(large_us) / median(small_us), "ratio", 1.3}};
}

}  // namespace restorewatch::testing_fleet
