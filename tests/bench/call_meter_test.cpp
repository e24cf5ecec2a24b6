#include "bench/call_meter.h"

#include <gtest/gtest.h>

namespace restorewatch::testing_fleet {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class CallMeterTest : public testing::Test {
 protected:
  CallMeter::Taken take(milliseconds at, CallMeter::BucketNumber bucket = 0) {
    return meter_.take(bucket, CallKind::FirstPage, SteadyTime(seconds(1000) + at));
  }

  CallMeter meter_{2, {3, 60}};  // one call a second, three at once
};

TEST_F(CallMeterTest, RefusesWhatABucketDoesNotHold) {
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(take(seconds(0)).allowed);
  const auto refused = take(milliseconds(100));
  EXPECT_FALSE(refused.allowed);
  EXPECT_EQ(refused.retry_after, seconds(1));
  EXPECT_TRUE(take(milliseconds(100), 1).allowed) << "another bucket";
  EXPECT_TRUE(take(milliseconds(1100)).allowed) << "one token has come";
  EXPECT_EQ(meter_.period().refused, 1U);
}

TEST_F(CallMeterTest, CountsWhatEverySlidingMinuteHolds) {
  take(seconds(30));
  take(seconds(59));
  take(seconds(89));  // the first was 59 s ago
  take(seconds(90));  // and now 60
  EXPECT_EQ(meter_.period().most_in_a_minute[0], 3U);
  EXPECT_EQ(meter_.period().most_in_a_second, 1U);
  EXPECT_EQ(meter_.begin_period().calls, 4U);
  EXPECT_EQ(meter_.period().calls, 0U);
}

TEST_F(CallMeterTest, NoticesCallsThatAreMadeThoughTheyWereToWait) {
  meter_.told_to_wait(0, SteadyTime(seconds(1010)));
  take(milliseconds(9'999));
  take(milliseconds(9'999), 1);
  take(seconds(10));
  EXPECT_EQ(meter_.period().impatient, 1U);
}

TEST_F(CallMeterTest, HasNothingToGiveWhileSomebodyElseDrainsIt) {
  meter_.drain(0, SteadyTime(seconds(1030)));
  EXPECT_FALSE(take(milliseconds(29'500)).allowed);
  EXPECT_FALSE(take(seconds(30)).allowed) << "a token takes a second to come";
  EXPECT_TRUE(take(seconds(31)).allowed);
}

}  // namespace
}  // namespace restorewatch::testing_fleet
