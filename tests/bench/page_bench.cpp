// What a page costs, written and compressed, while 3 % of the clusters are looked at between one
// page and the next: 300 of 10,000 in a second.

#include <benchmark/benchmark.h>

#include "bench/page_samples.h"
#include "metrics/gzip_maker.h"
#include "metrics/page_maker.h"

namespace restorewatch {
namespace {

constexpr std::size_t kChangedPerMille = 30;

std::size_t clusters_for(const benchmark::State& state) {
  return static_cast<std::size_t>(state.range(0)) / kSeriesPerCluster;
}

void report(benchmark::State& state, const SharedText& page) {
  const auto series = static_cast<double>(clusters_for(state) * kSeriesPerCluster);
  state.counters["page_bytes"] = static_cast<double>(page.size());
  state.counters["bytes_per_series"] = static_cast<double>(page.size()) / series;
}

void page_from_nothing(benchmark::State& state) {
  const auto snapshot = SampleFleet(clusters_for(state)).snapshot();
  SharedText page;
  for ([[maybe_unused]] auto unused : state) page = PageMaker().make(snapshot, {}).open_metrics;
  report(state, page);
}

/// The second argument: thousandths of the clusters that change.
void page_from_the_one_before(benchmark::State& state) {
  SampleFleet fleet(clusters_for(state));
  PageMaker maker;
  auto page = maker.make(fleet.snapshot(), {}).open_metrics;
  for ([[maybe_unused]] auto unused : state) {
    state.PauseTiming();
    fleet.look_at(clusters_for(state) * static_cast<std::size_t>(state.range(1)) / 1000);
    const auto snapshot = fleet.snapshot();
    state.ResumeTiming();
    page = maker.make(snapshot, {}).open_metrics;
  }
  report(state, page);
  state.counters["held_per_series"] = static_cast<double>(maker.bytes_held()) /
                                      static_cast<double>(clusters_for(state) * kSeriesPerCluster);
}

void gzip_from_nothing(benchmark::State& state) {
  const auto page = PageMaker().make(SampleFleet(clusters_for(state)).snapshot(), {}).open_metrics;
  SharedText body;
  for ([[maybe_unused]] auto unused : state) body = GzipMaker().make(page);
  report(state, page);
  state.counters["gzip_bytes"] = static_cast<double>(body.size());
}

/// What the render thread does once a second.
void page_and_gzip(benchmark::State& state) {
  SampleFleet fleet(clusters_for(state));
  PageMaker maker;
  GzipMaker gzip;
  auto page = maker.make(fleet.snapshot(), {}).open_metrics;
  auto body = gzip.make(page);
  for ([[maybe_unused]] auto unused : state) {
    state.PauseTiming();
    fleet.look_at(clusters_for(state) * kChangedPerMille / 1000);
    const auto snapshot = fleet.snapshot();
    state.ResumeTiming();
    page = maker.make(snapshot, {}).open_metrics;
    body = gzip.make(page);
  }
  report(state, page);
  state.counters["gzip_bytes"] = static_cast<double>(body.size());
}

// The first argument is the number of series; 350,000 are those of 10,000 clusters.
BENCHMARK(page_from_nothing)->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond);
BENCHMARK(page_from_the_one_before)
    ->ArgsProduct({{10'000, 100'000, 350'000}, {0, 30}})
    ->Unit(benchmark::kMillisecond);
BENCHMARK(gzip_from_nothing)->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond);
BENCHMARK(page_and_gzip)->Arg(10'000)->Arg(100'000)->Arg(350'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace restorewatch

BENCHMARK_MAIN();
