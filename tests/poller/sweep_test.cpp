#include "poller/sweep.h"

#include <gtest/gtest.h>

namespace restorewatch {
namespace {

using std::chrono::seconds;

const SteadyTime kStart{std::chrono::hours(1)};

/// Two targets that are all there are.
class SweepTest : public testing::Test {
 protected:
  SweepTest() {
    sweep_.add(0);
    sweep_.add(1);
    sweep_.settle();
  }

  Sweep sweep_{kStart};
};

TEST_F(SweepTest, IsOverWhenEveryTargetWasLookedAt) {
  sweep_.looked_at(0, true);
  sweep_.looked_at(0, true);
  EXPECT_FALSE(sweep_.completed(kStart + seconds(2)).has_value());
  sweep_.looked_at(1, true);
  const auto round = sweep_.completed(kStart + seconds(3));
  ASSERT_TRUE(round.has_value());
  EXPECT_EQ(round->duration, seconds(3));
  EXPECT_EQ(round->failed, 0U);
  EXPECT_FALSE(sweep_.completed(kStart + seconds(4)).has_value());
}

TEST_F(SweepTest, TheNextRoundBeginsWhereTheLastEnded) {
  sweep_.remove(1);
  sweep_.looked_at(0, true);
  ASSERT_TRUE(sweep_.completed(kStart + seconds(3)).has_value());
  sweep_.looked_at(0, false);
  const auto round = sweep_.completed(kStart + seconds(10));
  ASSERT_TRUE(round.has_value());
  EXPECT_EQ(round->duration, seconds(7));
  EXPECT_EQ(round->failed, 1U);
}

TEST_F(SweepTest, ATargetsLastLookOfTheRoundCounts) {
  sweep_.looked_at(0, false);
  sweep_.looked_at(0, true);
  sweep_.looked_at(1, true);
  EXPECT_EQ(sweep_.completed(kStart)->failed, 0U);
}

TEST_F(SweepTest, ATargetThatComesIsWaitedForAndOneThatGoesIsNot) {
  sweep_.looked_at(0, true);
  sweep_.looked_at(1, true);
  sweep_.add(7);
  EXPECT_FALSE(sweep_.completed(kStart).has_value());
  sweep_.remove(7);
  EXPECT_TRUE(sweep_.completed(kStart).has_value());
  sweep_.looked_at(7, true);  // a look that was under way
  EXPECT_FALSE(sweep_.completed(kStart).has_value());
}

TEST(UnsettledSweep, IsNotOverBeforeAllTargetsAreKnown) {
  Sweep sweep(kStart);
  sweep.add(0);
  sweep.looked_at(0, true);
  EXPECT_FALSE(sweep.completed(kStart).has_value());
  sweep.settle();
  EXPECT_TRUE(sweep.completed(kStart).has_value());
}

TEST(UnsettledSweep, IsOverAtOnceWhereThereIsNothingToLookAt) {
  Sweep sweep(kStart);
  EXPECT_FALSE(sweep.completed(kStart).has_value());
  sweep.settle();
  EXPECT_TRUE(sweep.completed(kStart).has_value());
}

}  // namespace
}  // namespace restorewatch
