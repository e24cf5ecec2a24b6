// Work is counted in instructions, not timed: they are the same on a busy machine.

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

namespace restorewatch {
namespace {

std::string output_of(const std::string& command) {
  std::string text;
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::array<char, 4096> piece{};
  while (pipe && std::fgets(piece.data(), piece.size(), pipe.get()) != nullptr)
    text += piece.data();
  return text;
}

/// Of the whole program `growth`; 0 if it could not be counted.
double instructions_per_cluster(int clusters) {
  const std::string said = output_of(
      "valgrind --tool=callgrind --callgrind-out-file=/dev/null --error-exitcode=9 " RW_GROWTH " " +
      std::to_string(clusters) + " 2>&1");
  const auto at = said.find("Collected : ");
  EXPECT_NE(at, std::string::npos) << said;
  return at == std::string::npos ? 0 : std::atof(said.c_str() + at + 12) / clusters;
}

TEST(GrowthTest, ClustersOfOneProjectCostTheSameHoweverManyThereAre) {
  if (!output_of("valgrind --version 2>&1").starts_with("valgrind-")) {
    ASSERT_EQ(std::getenv("CI"), nullptr) << "valgrind is missing: scripts/install-dependencies";
    GTEST_SKIP() << "valgrind is missing: scripts/install-dependencies installs it";
  }
  const double few = instructions_per_cluster(300);
  const double many = instructions_per_cluster(3'000);
  std::printf("instructions a cluster: %.0f of 300 clusters, %.0f of 3,000\n", few, many);
  EXPECT_GT(few, 0);
  EXPECT_LE(many, 1.3 * few);  // the logarithm of ten times as many; anything quadratic is 10
}

}  // namespace
}  // namespace restorewatch
