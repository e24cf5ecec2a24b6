// What a million tracked jobs cost: memory, and time for each look at them.
// Run in a release build: build/release/bin/table_bench

#include <benchmark/benchmark.h>
#include <malloc.h>

#include <memory>
#include <random>
#include <vector>

#include "bench/large_fleet.h"
#include "jobs/diff.h"
#include "jobs/summary.h"
#include "poller/fleet.h"

namespace restorewatch {
namespace {

constexpr unsigned kTargets = 10'000;
constexpr unsigned kJobsPerTarget = 100;
constexpr std::int64_t kNow = 1'790'000'000;

std::vector<Listing> make_listings() {
  std::mt19937_64 random(1);
  std::vector<Listing> listings(kTargets);
  for (unsigned target = 0; target < kTargets; ++target) {
    for (unsigned job = 0; job < kJobsPerTarget; ++job) {
      listings[target].jobs.push_back(completed_job(random, target, job).job);
    }
  }
  return listings;
}

const std::vector<Listing>& listings() {
  static const std::vector<Listing> made = make_listings();
  return made;
}

LookFacts facts() {
  LookFacts facts;
  facts.started_at = facts.looked_at = facts.atlas_now = from_unix_seconds(kNow);
  return facts;
}

TargetRecord record_of(unsigned target) {
  TargetRecord record;
  record.key = key_of(target);
  apply(diff(record, listings()[target], facts()).result, record);
  return record;
}

std::vector<TargetRecord> records() {
  std::vector<TargetRecord> records;
  for (unsigned target = 0; target < kTargets; ++target) records.push_back(record_of(target));
  return records;
}

void diff_unchanged_million(benchmark::State& state) {
  const std::vector<TargetRecord> known = records();
  for ([[maybe_unused]] auto unused : state) {
    for (unsigned target = 0; target < kTargets; ++target) {
      benchmark::DoNotOptimize(diff(known[target], listings()[target], facts()));
    }
  }
  state.SetItemsProcessed(state.iterations() * kTargets * kJobsPerTarget);
}

void diff_unchanged_in_cache(benchmark::State& state) {
  const TargetRecord known = record_of(0);
  for ([[maybe_unused]] auto unused : state) {
    benchmark::DoNotOptimize(diff(known, listings()[0], facts()));
  }
  state.SetItemsProcessed(state.iterations() * kJobsPerTarget);
}

void open_jobs_million(benchmark::State& state) {
  const std::vector<TargetRecord> known = records();
  for ([[maybe_unused]] auto unused : state) {
    for (const TargetRecord& record : known) benchmark::DoNotOptimize(open_jobs(record));
  }
  state.SetItemsProcessed(state.iterations() * kTargets * kJobsPerTarget);
}

void summarize_million(benchmark::State& state) {
  const std::vector<TargetRecord> known = records();
  for ([[maybe_unused]] auto unused : state) {
    for (const TargetRecord& record : known) {
      benchmark::DoNotOptimize(summarize(record.jobs, from_unix_seconds(kNow)));
    }
  }
  state.SetItemsProcessed(state.iterations() * kTargets * kJobsPerTarget);
}

std::unique_ptr<Fleet> fleet_of(unsigned jobs_of_a_target) {
  auto fleet = std::make_unique<Fleet>(Fleet::Options{}, SteadyTime{});
  for (unsigned i = 0; i < kTargets; ++i) {
    TargetRecord record = record_of(i);
    if (jobs_of_a_target == 0) record.jobs = {};
    Target target{record.key, "project", {"main"}};
    fleet->add(i, std::move(target), std::move(record), std::chrono::minutes(1), true,
               SteadyTime{});
    fleet->saw(i, from_unix_seconds(kNow), SteadyTime{});
  }
  return fleet;
}

double heap_in_use() {
  const auto info = mallinfo2();
  return static_cast<double>(info.uordblks + info.hblkhd);
}

/// With and without the jobs: the difference is theirs.
void heap_of_a_million(benchmark::State& state) {
  listings();
  for ([[maybe_unused]] auto unused : state) {
    const double before = heap_in_use();
    const auto full = fleet_of(kJobsPerTarget);
    const double middle = heap_in_use();
    const auto empty = fleet_of(0);
    const double jobs = (middle - before) - (heap_in_use() - middle);
    state.counters["bytes_per_job"] = jobs / kTargets / kJobsPerTarget;
    state.counters["bytes_per_target"] = (heap_in_use() - middle) / kTargets;
  }
}

void snapshot_of_a_fleet(benchmark::State& state) {
  const auto fleet = fleet_of(kJobsPerTarget);
  auto shown = fleet->snapshot(from_unix_seconds(kNow), SteadyTime{});
  unsigned next = 0;
  for ([[maybe_unused]] auto unused : state) {
    state.PauseTiming();
    for (std::int64_t i = 0; i < state.range(0); ++i) {
      next = (next + 37) % kTargets;
      fleet->saw(next, from_unix_seconds(kNow), SteadyTime{});
    }
    state.ResumeTiming();
    shown = fleet->snapshot(from_unix_seconds(kNow), SteadyTime{});
  }
}

BENCHMARK(diff_unchanged_million)->Unit(benchmark::kMillisecond);
BENCHMARK(diff_unchanged_in_cache);
BENCHMARK(open_jobs_million)->Unit(benchmark::kMillisecond);
BENCHMARK(summarize_million)->Unit(benchmark::kMillisecond);
BENCHMARK(heap_of_a_million)->Iterations(1);
BENCHMARK(snapshot_of_a_fleet)->Arg(0)->Arg(300)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace restorewatch

BENCHMARK_MAIN();
