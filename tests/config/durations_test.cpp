#include "config/durations.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string_view>

namespace restorewatch {
namespace {

using namespace std::chrono_literals;

TEST(DurationsTest, EveryUnitHasItsLength) {
  EXPECT_EQ(parse_duration("7ms"), 7ms);
  EXPECT_EQ(parse_duration("7s"), 7s);
  EXPECT_EQ(parse_duration("7m"), 7min);
  EXPECT_EQ(parse_duration("7h"), 7h);
  EXPECT_EQ(parse_duration("7d"), 7 * 24h);
  EXPECT_EQ(parse_duration("7w"), 49 * 24h);
  EXPECT_EQ(parse_duration("7y"), 7 * 365 * 24h);
  EXPECT_EQ(parse_duration("0s"), 0s);
}

TEST(DurationsTest, UnitsAddUpFromLargeToSmall) {
  EXPECT_EQ(parse_duration("1h30m"), 90min);
  EXPECT_EQ(parse_duration("1y2w3d4h5m6s7ms"), (365 + 14 + 3) * 24h + 4h + 5min + 6s + 7ms);
}

TEST(DurationsTest, AnythingElseIsAbsent) {
  for (const std::string_view text :
       {"", "s", "5", "5 s", " 5s", "5s ", "-5s", "+5s", "5S", "1.5h", "5min", "30m1h", "1m1m",
        "5s-1ms", "0x5s", "5e3s", "5\xC2\xB5s", "1h 30m", "h1"}) {
    EXPECT_FALSE(parse_duration(text)) << '"' << text << '"';
  }
}

TEST(DurationsTest, WhatDoesNotFitIsAbsent) {
  EXPECT_EQ(parse_duration("9223372036854775807ms"), std::chrono::milliseconds::max());
  EXPECT_FALSE(parse_duration("9223372036854775808ms"));
  EXPECT_FALSE(parse_duration("9223372036854776s"));
  EXPECT_FALSE(parse_duration("292471209y"));
  EXPECT_FALSE(parse_duration("9223372036854775s808ms"));
}

TEST(DurationsTest, FormatsExactlyInTheLargestUnit) {
  EXPECT_EQ(format_duration(0ms), "0s");
  EXPECT_EQ(format_duration(1500ms), "1500ms");
  EXPECT_EQ(format_duration(15min), "15m");
  EXPECT_EQ(format_duration(36h), "36h");
  EXPECT_EQ(format_duration(24h), "1d");
  EXPECT_EQ(format_duration(14 * 24h), "2w");
  EXPECT_EQ(format_duration(3 * 365 * 24h), "3y");
}

}  // namespace
}  // namespace restorewatch
