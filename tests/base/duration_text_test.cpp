#include "base/duration_text.h"

#include <gtest/gtest.h>

namespace restorewatch {
namespace {

using namespace std::chrono_literals;

TEST(DurationTextTest, HasItsTwoLargestUnits) {
  EXPECT_EQ(duration_text(59'999ms), "59 s");
  EXPECT_EQ(duration_text(60s), "1 min");
  EXPECT_EQ(duration_text(3'599s), "59 min 59 s");
  EXPECT_EQ(duration_text(1h), "1 h");
  EXPECT_EQ(duration_text(3h + 20min + 59s), "3 h 20 min");
  EXPECT_EQ(duration_text(90'061s), "1 d 1 h");
  EXPECT_EQ(duration_text(std::chrono::days(30)), "30 d");
  EXPECT_EQ(duration_text(std::chrono::days(2) + 59min), "2 d") << "and no hours";
}

TEST(DurationTextTest, OrOnlyItsLargest) {
  EXPECT_EQ(duration_text(3h + 20min, 1), "3 h");
  EXPECT_EQ(duration_text(45s, 1), "45 s");
}

TEST(DurationTextTest, ShortOnesAreExact) {
  EXPECT_EQ(duration_text(0ms), "0 s");
  EXPECT_EQ(duration_text(-5s), "0 s");
  EXPECT_EQ(duration_text(1'500ms), "1.5 s");
  EXPECT_EQ(duration_text(9'999ms), "10 s");
}

}  // namespace
}  // namespace restorewatch
