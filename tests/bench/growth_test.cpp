#include "bench/callgrind.h"

namespace restorewatch {
namespace {

class GrowthTest : public CallgrindTest {
 protected:
  static double per_cluster(int clusters) {
    return static_cast<double>(instructions("growth", std::to_string(clusters))) / clusters;
  }
};

TEST_F(GrowthTest, ClustersOfOneProjectCostTheSameHoweverManyThereAre) {
  const double few = per_cluster(300);
  const double many = per_cluster(3'000);
  std::printf("instructions a cluster: %.0f of 300 clusters, %.0f of 3,000\n", few, many);
  EXPECT_GT(few, 0);
  EXPECT_LE(many, 1.3 * few);  // the logarithm of ten times as many; anything quadratic is 10
}

}  // namespace
}  // namespace restorewatch
