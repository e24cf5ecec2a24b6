// How fast the store takes and gives a fleet of a million jobs, and how large its file is.

#include <benchmark/benchmark.h>

#include <filesystem>
#include <future>
#include <random>

#include "store/open_store.h"
#include "store/temporary_folder.h"

namespace restorewatch {
namespace {

constexpr unsigned kTargets = 10'000;
constexpr unsigned kJobsPerTarget = 100;
constexpr std::int64_t kJobs = std::int64_t{kTargets} * kJobsPerTarget;

WallTime seconds(std::int64_t value) {
  return WallTime{std::chrono::seconds{value}};
}

/// Ids as Atlas gives them: the time, then five random bytes and a counter.
ObjectId random_id(std::mt19937& random, std::int64_t created) {
  ObjectId id;
  for (std::size_t i = 0; i < 4; ++i) {
    id.bytes[i] = static_cast<std::uint8_t>(created >> (24 - 8 * i));
  }
  for (std::size_t i = 4; i < 12; ++i) id.bytes[i] = static_cast<std::uint8_t>(random());
  return id;
}

TargetKey target(unsigned number) {
  ProjectId project;
  project.bytes = {0x5b,
                   0,
                   0,
                   0,
                   0,
                   0,
                   0,
                   0,
                   0,
                   0,
                   static_cast<std::uint8_t>(number / 20 / 256),
                   static_cast<std::uint8_t>(number / 20)};
  return {project, "cluster-" + std::to_string(number), Source::Dedicated};
}

/// A restore that has succeeded, as most of the jobs in a list have.
TrackedJob completed_job(std::mt19937& random, const TargetKey& key, unsigned number) {
  const std::int64_t requested = 1'750'000'000 + std::int64_t{number} * 86'400;
  TrackedJob tracked;
  tracked.job.id = random_id(random, requested);
  tracked.job.delivery = Delivery::Automated;
  tracked.job.state = JobState::Completed;
  tracked.job.outcome = Outcome::Completed;
  tracked.job.requested_at = seconds(requested);
  tracked.job.finished_at = seconds(requested + 3'700);
  tracked.job.snapshot_id = random_id(random, requested - 7'200);
  tracked.job.snapshot_at = seconds(requested - 7'200);
  tracked.job.recovery_point = tracked.job.snapshot_at;
  tracked.job.target_project_id = key.project_id;
  tracked.job.target_cluster = "drill-1";
  tracked.outcome = Outcome::Completed;
  tracked.ended_at = tracked.job.finished_at;
  tracked.entered[index_of(JobState::Completed)] = 1;
  return tracked;
}

std::vector<PollResult> first_looks() {
  std::mt19937 random(1);
  std::vector<PollResult> results(kTargets);
  for (unsigned i = 0; i < kTargets; ++i) {
    results[i].target = target(i);
    results[i].looked_at = seconds(1'790'000'000);
    results[i].baseline_at = results[i].looked_at;
    for (unsigned job = 0; job < kJobsPerTarget; ++job) {
      results[i].jobs.push_back(completed_job(random, results[i].target, job));
    }
  }
  return results;
}

std::vector<PollResult> second_looks(std::vector<PollResult> results) {
  for (PollResult& result : results) {
    result.expected_version = 1;
    result.baseline_at.reset();
    for (TrackedJob& tracked : result.jobs) tracked.job.expires_at = seconds(1'790'000'000);
  }
  return results;
}

void commit_all(SqliteStore& store, std::vector<PollResult> results) {
  std::promise<void> last;
  std::size_t waiting = results.size();  // touched by the store's thread only
  for (PollResult& result : results) {
    store.commit(std::move(result), [&](CommitStatus status) {
      if (status != CommitStatus::Committed) std::abort();
      if (--waiting == 0) last.set_value();
    });
  }
  last.get_future().wait();
}

void report(benchmark::State& state) {
  state.SetItemsProcessed(state.iterations() * kJobs);
}

StoreOptions grouped_by(const std::string& path, std::int64_t results) {
  StoreOptions options = options_for(path);
  options.group_size = static_cast<std::size_t>(results);
  options.queue_size = kTargets;
  return options;
}

void insert_a_million(benchmark::State& state) {
  for ([[maybe_unused]] auto unused : state) {
    state.PauseTiming();
    const TemporaryFolder folder;
    std::optional<OpenStore> store(grouped_by(folder.file("store.db"), state.range(0)));
    std::vector<PollResult> results = first_looks();
    state.ResumeTiming();
    commit_all(store->store(), std::move(results));
    state.PauseTiming();
    store.reset();
    const auto bytes = static_cast<double>(std::filesystem::file_size(folder.file("store.db")));
    state.counters["bytes_per_job"] = bytes / static_cast<double>(kJobs);
    state.ResumeTiming();
  }
  report(state);
}

void update_a_million(benchmark::State& state) {
  for ([[maybe_unused]] auto unused : state) {
    state.PauseTiming();
    const TemporaryFolder folder;
    OpenStore store(grouped_by(folder.file("store.db"), state.range(0)));
    std::vector<PollResult> results = first_looks();
    commit_all(store.store(), results);
    results = second_looks(std::move(results));
    state.ResumeTiming();
    commit_all(store.store(), std::move(results));
  }
  report(state);
}

void load_a_million(benchmark::State& state) {
  const TemporaryFolder folder;
  OpenStore store(grouped_by(folder.file("store.db"), 512));
  commit_all(store.store(), first_looks());
  for ([[maybe_unused]] auto unused : state) {
    std::vector<TargetRecord> records;
    for (unsigned i = 0; i < kTargets; ++i) records.push_back(*store->load(target(i)));
    state.PauseTiming();
    records.clear();
    state.ResumeTiming();
  }
  report(state);
}

void open_a_million(benchmark::State& state) {
  const TemporaryFolder folder;
  {
    OpenStore store(grouped_by(folder.file("store.db"), 512));
    commit_all(store.store(), first_looks());
  }
  for ([[maybe_unused]] auto unused : state) OpenStore store(folder.file("store.db"));
}

// The argument is the largest number of results in a transaction: 1 is a page at a time.
BENCHMARK(insert_a_million)
    ->Arg(1)
    ->Arg(512)
    ->Iterations(1)
    ->UseRealTime()
    ->MeasureProcessCPUTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(update_a_million)
    ->Arg(1)
    ->Arg(512)
    ->Iterations(1)
    ->UseRealTime()
    ->MeasureProcessCPUTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(load_a_million)->Iterations(1)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(open_a_million)->Iterations(1)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace restorewatch

BENCHMARK_MAIN();
