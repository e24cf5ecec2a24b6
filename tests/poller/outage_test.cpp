#include "poller/outage.h"

#include <gtest/gtest.h>

namespace restorewatch {
namespace {

using std::chrono::seconds;

const SteadyTime kStart{std::chrono::hours(1)};

void fail(Outage& outage, int times, SteadyTime now) {
  for (int i = 0; i < times; ++i) outage.failed(now);
}

/// Failing for long enough to be noticed at kStart.
void begin(Outage& outage) {
  outage.answered(kStart - Outage::kSilence);
  fail(outage, Outage::kFailures, kStart);
}

TEST(OutageTest, IsNoticedWhenManyLooksInARowGetNoAnswer) {
  Outage outage;
  outage.answered(kStart - Outage::kSilence);
  fail(outage, Outage::kFailures - 1, kStart);
  EXPECT_FALSE(outage.is_on());
  outage.answered(kStart - Outage::kSilence);
  fail(outage, Outage::kFailures - 1, kStart);
  EXPECT_FALSE(outage.is_on());
  fail(outage, 1, kStart);
  EXPECT_TRUE(outage.is_on());
  EXPECT_EQ(outage.next_try(), kStart + seconds(1));
}

TEST(OutageTest, IsNoneWhileOthersAnswer) {
  Outage outage;
  for (int second = 0; second < 600; ++second) {
    fail(outage, 100, kStart + seconds(second));
    if (second % 9 == 0) outage.answered(kStart + seconds(second));
    EXPECT_FALSE(outage.is_on()) << second;
  }
}

TEST(OutageTest, IsNoticedWhereNobodyEverAnswered) {
  Outage outage;
  for (int second = 0; second <= 10; ++second) fail(outage, 5, kStart + seconds(second));
  EXPECT_TRUE(outage.is_on());
}

TEST(OutageTest, TriesGetRarerUpToTenSecondsApart) {
  Outage outage;
  begin(outage);
  SteadyTime now = kStart;
  for (const int wait : {1, 2, 4, 8, 10, 10}) {
    EXPECT_EQ(outage.next_try() - now, seconds(wait));
    now = outage.next_try();
    outage.failed(now);
  }
}

TEST(OutageTest, LooksThatWereUnderWayTellNothingNew) {
  Outage outage;
  begin(outage);
  fail(outage, 30, kStart + std::chrono::milliseconds(900));
  EXPECT_EQ(outage.next_try(), kStart + seconds(1));
}

TEST(OutageTest, ALookThatToldNeitherIsATry) {
  Outage outage;
  begin(outage);
  outage.tried(kStart + seconds(1));
  EXPECT_EQ(outage.next_try(), kStart + seconds(3));
}

TEST(OutageTest, OneAnswerEndsIt) {
  Outage outage;
  begin(outage);
  outage.answered(kStart + seconds(3));
  EXPECT_FALSE(outage.is_on());
  fail(outage, Outage::kFailures, kStart + seconds(4));
  EXPECT_FALSE(outage.is_on());
}

}  // namespace
}  // namespace restorewatch
