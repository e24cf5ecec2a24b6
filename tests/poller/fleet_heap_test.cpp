// How many bytes of the heap a tracked job takes, whichever way it came in. A program of its own,
// since it counts every allocation.

#include <gtest/gtest.h>
#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <new>
#include <random>
#include <string>
#include <vector>

#include "bench/large_fleet.h"
#include "poller/fleet.h"

namespace {

/// In use now, and at most so far; what the allocator keeps in front of each block counts, too.
struct Heap {
  std::size_t used = 0;
  std::size_t peak = 0;
};

Heap& heap() {
  static Heap counted;
  return counted;
}

std::size_t size_of(void* block) {
  return malloc_usable_size(block) + sizeof(std::size_t);
}

}  // namespace

void* operator new(std::size_t size) {
  void* const block = std::malloc(size);
  if (block == nullptr) throw std::bad_alloc();
  heap().used += size_of(block);
  heap().peak = std::max(heap().peak, heap().used);
  return block;
}

void operator delete(void* block) noexcept {
  if (block == nullptr) return;
  heap().used -= size_of(block);
  std::free(block);
}

void operator delete(void* block, std::size_t /*bytes*/) noexcept {
  operator delete(block);
}

namespace restorewatch {
namespace {

constexpr unsigned kTargets = 10'000;
constexpr unsigned kJobsOfATarget = 100;
constexpr unsigned kJobs = kTargets * kJobsOfATarget;
constexpr double kMostBytes = 100;  // the goal is 120

Target target_of(unsigned target) {
  return {key_of(target), "p", {"c"}};
}

void add(Fleet& fleet, unsigned target, TargetRecord record) {
  record.key = target_of(target).key;
  fleet.add(target, target_of(target), std::move(record), std::chrono::minutes(1), true, {});
}

/// As after a restart.
std::unique_ptr<Fleet> loaded(unsigned jobs_of_a_target) {
  std::mt19937_64 random(1);
  auto fleet = std::make_unique<Fleet>(Fleet::Options{}, SteadyTime{});
  for (unsigned target = 0; target < kTargets; ++target) {
    TargetRecord record;
    for (unsigned i = 0; i < jobs_of_a_target; ++i) {
      record.jobs.put(completed_job(random, target, i));
    }
    add(*fleet, target, std::move(record));
  }
  return fleet;
}

/// A few new jobs of each target in turn.
std::unique_ptr<Fleet> grown(unsigned jobs_of_a_look) {
  std::mt19937_64 random(1);
  auto fleet = std::make_unique<Fleet>(Fleet::Options{}, SteadyTime{});
  for (unsigned target = 0; target < kTargets; ++target) add(*fleet, target, {});
  for (unsigned number = 0; number < kJobsOfATarget; number += jobs_of_a_look) {
    for (unsigned target = 0; target < kTargets; ++target) {
      PollResult result;
      result.target = target_of(target).key;
      for (unsigned i = 0; i < jobs_of_a_look; ++i) {
        result.jobs.push_back(completed_job(random, target, number + i));
      }
      fleet->committed(target, result);
    }
  }
  return fleet;
}

struct BytesPerJob {
  double held = 0;
  double at_most = 0;  // while it came about
};

/// What a fleet with jobs holds more than one without.
template <typename Make>
BytesPerJob bytes_per_job(Make make) {
  const std::size_t nothing = heap().used;
  const std::size_t without_jobs = [&] {
    const auto empty = loaded(0);
    return heap().used - nothing;
  }();
  heap().peak = heap().used;
  const auto fleet = make();
  const auto more = [&](std::size_t used) {
    return static_cast<double>(used - nothing - without_jobs) / kJobs;
  };
  return {more(heap().used), more(heap().peak)};
}

void is_small(const char* how, const BytesPerJob& bytes) {
  std::printf("%s: %.1f bytes a job, at most %.1f\n", how, bytes.held, bytes.at_most);
  EXPECT_LE(bytes.held, kMostBytes);
  EXPECT_GE(bytes.held, sizeof(JobId)) << "nothing was counted";
  EXPECT_LE(bytes.at_most, 1.25 * bytes.held) << "to make it takes much more than to have it";
}

TEST(FleetHeapTest, AMillionLoadedJobsAreSmall) {
  is_small("loaded", bytes_per_job([] { return loaded(kJobsOfATarget); }));
}

TEST(FleetHeapTest, AMillionJobsThatCameInPagesAreSmall) {
  is_small("grown by 20", bytes_per_job([] { return grown(20); }));
}

TEST(FleetHeapTest, AMillionJobsThatCameOneByOneAreSmall) {
  is_small("grown by 1", bytes_per_job([] { return grown(1); }));
}

}  // namespace
}  // namespace restorewatch
