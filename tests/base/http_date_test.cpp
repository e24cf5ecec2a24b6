#include "base/http_date.h"

#include <gtest/gtest.h>

#include "base/retry_after.h"

namespace restorewatch {
namespace {

using std::chrono::seconds;

TEST(HttpDateTest, ReadsDatesWithAndWithoutTheLeadingZero) {
  EXPECT_EQ(parse_http_date("Thu, 01 Jul 2027 00:00:00 GMT"), parse_time("2027-07-01T00:00:00Z"));
  EXPECT_EQ(parse_http_date("Thu, 1 Jul 2027 00:00:00 GMT"), parse_time("2027-07-01T00:00:00Z"));
  EXPECT_EQ(parse_http_date("Mon, 31 Dec 2029 23:59:58 GMT"), parse_time("2029-12-31T23:59:58Z"));
}

TEST(HttpDateTest, RefusesEverythingElse) {
  for (const char* text :
       {"", "Thu,", "Thu, 1 Jul 2027", "Thu, 1 Jul 2027 00:00:00", "Thu, 1 Jul 2027 00:00:00 UTC",
        "Thu, 1 Jul 2027 00:00:00 GMT ", "Thu, 32 Jul 2027 00:00:00 GMT",
        "Thu, 0 Jul 2027 00:00:00 GMT", "Thu, 1 jul 2027 00:00:00 GMT",
        "Thu, 1 Jul 27 00:00:00 GMT", "Thu, 1 Jul 2027 24:00:00 GMT",
        "Thu, 001 Jul 2027 00:00:00 GMT", "Thursday, 01-Jul-27 00:00:00 GMT",
        "2027-07-01T00:00:00Z", "1782864000"}) {
    EXPECT_EQ(parse_http_date(text), std::nullopt) << text;
  }
}

TEST(RetryAfterTest, ReadsSecondsAndDates) {
  const WallTime now = *parse_time("2027-07-01T00:00:00.5Z");
  EXPECT_EQ(parse_retry_after("0", now), seconds(0));
  EXPECT_EQ(parse_retry_after("120", now), seconds(120));
  EXPECT_EQ(parse_retry_after("Thu, 01 Jul 2027 00:01:00 GMT", now), seconds(60));  // rounded up
  EXPECT_EQ(parse_retry_after("Thu, 01 Jul 2027 00:00:00 GMT", now), seconds(0));
  EXPECT_EQ(parse_retry_after("Wed, 01 Jul 2020 00:00:00 GMT", now), seconds(0));
}

TEST(RetryAfterTest, NoServerMakesUsWaitForMoreThanADay) {
  const WallTime now = *parse_time("2027-07-01T00:00:00Z");
  EXPECT_EQ(parse_retry_after("9000000000000000000", now), seconds(86'400));
  EXPECT_EQ(parse_retry_after("99999999999999999999", now), seconds(86'400));
  EXPECT_EQ(parse_retry_after("Fri, 01 Jul 2050 00:00:00 GMT", now), seconds(86'400));
}

TEST(RetryAfterTest, WhatCannotBeReadIsAbsent) {
  for (const char* text : {"", " 1", "-1", "+1", "1.5", "1s", "soon"}) {
    EXPECT_EQ(parse_retry_after(text, WallTime()), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace restorewatch
