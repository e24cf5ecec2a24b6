// Each bound is a little above what was measured, so that a step back is seen; the goals are in
// docs/performance.md.

#include "bench/callgrind.h"

namespace restorewatch {
namespace {

constexpr int kJobsInAPage = 100;

class CountsTest : public CallgrindTest {
 protected:
  static void expect_at_most(std::int64_t bound, const std::string& path) {
    const std::int64_t counted = per_job(path);
    std::printf("%s: %ld instructions a job\n", path.c_str(), counted);
    EXPECT_GT(counted, 0) << "nothing was counted";
    EXPECT_LE(counted, bound);
  }

 private:
  static std::int64_t per_job(const std::string& path) {
    constexpr int kFew = 2;
    constexpr int kMany = 12;
    const std::int64_t few = instructions("counted", path + " " + std::to_string(kFew));
    const std::int64_t many = instructions("counted", path + " " + std::to_string(kMany));
    return (many - few) / (std::int64_t{kJobsInAPage} * (kMany - kFew));
  }
};

TEST_F(CountsTest, DecodingAJob) {  // goal: 6,500
  expect_at_most(9'650, "decode");
}

TEST_F(CountsTest, ListingAJob) {
  expect_at_most(320, "list");
}

TEST_F(CountsTest, ComparingAnUnchangedJob) {
  expect_at_most(415, "diff");
}

}  // namespace
}  // namespace restorewatch
