#include "poller/sweep.h"

#include <gtest/gtest.h>

namespace restorewatch {
namespace {

using std::chrono::seconds;

const SteadyTime kStart{std::chrono::hours(1)};

TEST(SweepTest, IsOverWhenEveryTargetWasLookedAt) {
  Sweep sweep(2, kStart);
  EXPECT_FALSE(sweep.looked_at(0, true, kStart + seconds(1)).has_value());
  EXPECT_FALSE(sweep.looked_at(0, true, kStart + seconds(2)).has_value());
  const auto round = sweep.looked_at(1, true, kStart + seconds(3));
  ASSERT_TRUE(round.has_value());
  EXPECT_EQ(round->duration, seconds(3));
  EXPECT_EQ(round->failed, 0U);
}

TEST(SweepTest, TheNextRoundBeginsWhereTheLastEnded) {
  Sweep sweep(1, kStart);
  sweep.looked_at(0, true, kStart + seconds(3));
  const auto round = sweep.looked_at(0, false, kStart + seconds(10));
  ASSERT_TRUE(round.has_value());
  EXPECT_EQ(round->duration, seconds(7));
  EXPECT_EQ(round->failed, 1U);
}

TEST(SweepTest, ATargetsLastLookOfTheRoundCounts) {
  Sweep sweep(2, kStart);
  sweep.looked_at(0, false, kStart);
  sweep.looked_at(0, true, kStart);
  EXPECT_EQ(sweep.looked_at(1, true, kStart)->failed, 0U);
}

}  // namespace
}  // namespace restorewatch
