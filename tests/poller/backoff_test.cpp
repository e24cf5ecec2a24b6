#include "poller/backoff.h"

#include <gtest/gtest.h>

namespace restorewatch {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

const SteadyTime kStart{hours(1)};

/// How long it waits when looks follow one another an hour apart and all are throttled.
std::vector<long> waits(Backoff& backoff, int looks, std::optional<seconds> retry_after = {}) {
  std::vector<long> result;
  for (int i = 0; i < looks; ++i) {
    const SteadyTime now = kStart + hours(result.size() + 1);
    const auto until = backoff.throttled(retry_after, now - seconds(1), now, 0);
    result.push_back(std::chrono::duration_cast<seconds>(until.value_or(now) - now).count());
  }
  return result;
}

TEST(BackoffTest, DoublesFromTenSecondsToFiveMinutes) {
  Backoff backoff;
  EXPECT_EQ(waits(backoff, 7), (std::vector<long>{10, 20, 40, 80, 160, 300, 300}));
}

TEST(BackoffTest, NeverUndercutsWhatTheServerAsksFor) {
  Backoff backoff;
  EXPECT_EQ(waits(backoff, 1, seconds(1800)), std::vector<long>{1800});
  Backoff hurried;
  EXPECT_EQ(waits(hurried, 1, seconds(0)), std::vector<long>{1});
}

TEST(BackoffTest, ARandomPartOfTheNextWaitComesOnTop) {
  Backoff backoff;
  EXPECT_EQ(backoff.throttled(seconds(60), kStart, kStart, 0.5), kStart + seconds(65));
  EXPECT_EQ(backoff.until(), kStart + seconds(65));
  Backoff untold;
  EXPECT_EQ(untold.throttled(std::nullopt, kStart, kStart, 0.9), kStart + seconds(19));
}

TEST(BackoffTest, ASuccessStartsItAnew) {
  Backoff backoff;
  waits(backoff, 2);
  backoff.succeeded(kStart + hours(10));
  EXPECT_EQ(backoff.throttled(std::nullopt, kStart + hours(11), kStart + hours(11), 0),
            kStart + hours(11) + seconds(10));
}

TEST(BackoffTest, LooksUnderWayTogetherCountOnce) {
  Backoff backoff;
  for (int i = 0; i < 32; ++i) {
    const auto until = backoff.throttled(std::nullopt, kStart, kStart + seconds(1), 0);
    EXPECT_EQ(until.has_value(), i == 0);
  }
  EXPECT_EQ(backoff.throttled(std::nullopt, kStart + hours(1), kStart + hours(1), 0),
            kStart + hours(1) + seconds(20));
}

TEST(BackoffTest, ALateSuccessFromBeforeChangesNothing) {
  Backoff backoff;
  backoff.throttled(std::nullopt, kStart, kStart + seconds(2), 0);
  backoff.succeeded(kStart + seconds(1));
  EXPECT_EQ(backoff.throttled(std::nullopt, kStart + hours(1), kStart + hours(1), 0),
            kStart + hours(1) + seconds(20));
}

TEST(BackoffTest, ALongerRetryAfterOfALookUnderWayIsObeyedToo) {
  Backoff backoff;
  backoff.throttled(seconds(10), kStart, kStart, 0);
  EXPECT_EQ(backoff.throttled(seconds(60), kStart, kStart, 0), kStart + seconds(60));
  EXPECT_EQ(backoff.throttled(seconds(30), kStart, kStart, 0), std::nullopt);
}

}  // namespace
}  // namespace restorewatch
