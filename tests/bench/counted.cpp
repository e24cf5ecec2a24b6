// counted PATH ROUNDS: goes down a hot path that many times with 100 jobs, and prints how many jobs
// that were. Run under callgrind with two numbers of rounds: the difference is the path alone.
// counted page JOBS writes the page instead, for other programs to decode.

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "bench/hot_paths.h"
#include "bench/written_jobs.h"

namespace restorewatch {
namespace {

constexpr std::size_t kJobs = 100;

template <typename Path>
std::size_t run(int rounds) {
  Path path(kJobs);
  std::size_t jobs = 0;
  for (int i = 0; i < rounds; ++i) jobs += path.run();
  return jobs;
}

int counted(std::string_view path, int rounds) {
  if (path == "page") {
    return std::puts(written_page(static_cast<std::size_t>(rounds), 1).c_str()) < 0 ? 1 : 0;
  }
  std::size_t jobs = 0;
  if (path == "decode") jobs = run<DecodeAPage>(rounds);
  if (path == "list") jobs = run<ListAPage>(rounds);
  if (path == "diff") jobs = run<DiffUnchanged>(rounds);
  std::printf("%zu\n", jobs);
  return jobs > 0 ? 0 : 2;
}

}  // namespace
}  // namespace restorewatch

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  return restorewatch::counted(argv[1], std::atoi(argv[2]));
}
