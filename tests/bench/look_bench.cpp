// How long the parts of a look take: decoding a page, making a listing of it, and comparing that
// with what is known. By hand, in a release build: build/release/bin/look_bench

#include <benchmark/benchmark.h>

#include "bench/hot_paths.h"

namespace restorewatch {
namespace {

template <typename Path>
void repeat(benchmark::State& state, Path& path) {
  std::size_t jobs = 0;
  for ([[maybe_unused]] auto unused : state) jobs += path.run();
  state.SetItemsProcessed(static_cast<std::int64_t>(jobs));
}

void decode_a_page(benchmark::State& state) {
  DecodeAPage path(static_cast<std::size_t>(state.range(0)));
  repeat(state, path);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(path.bytes()));
}

void list_a_page(benchmark::State& state) {
  ListAPage path(static_cast<std::size_t>(state.range(0)));
  repeat(state, path);
}

void diff_unchanged(benchmark::State& state) {
  DiffUnchanged path(static_cast<std::size_t>(state.range(0)));
  repeat(state, path);
}

// The argument is the number of jobs in the page.
BENCHMARK(decode_a_page)->Arg(100)->Arg(500);
BENCHMARK(list_a_page)->Arg(100)->Arg(500);
BENCHMARK(diff_unchanged)->Arg(100)->Arg(500);

}  // namespace
}  // namespace restorewatch

BENCHMARK_MAIN();
