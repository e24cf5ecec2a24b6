#include "base/time.h"

#include <gtest/gtest.h>

#include <ostream>

namespace restorewatch {
namespace {

struct TimeCase {
  std::string_view name;
  std::string_view text;
  std::string_view utc;  // empty: refused
};

void PrintTo(const TimeCase& row, std::ostream* out) {
  *out << row.text;
}

class ParseTime : public testing::TestWithParam<TimeCase> {};

TEST_P(ParseTime, GivesUtcOrNothing) {
  const auto time = parse_time(GetParam().text);
  EXPECT_EQ(time ? format_time(*time) : "", GetParam().utc);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, ParseTime,
    testing::Values(
        TimeCase{"AsAtlasWritesIt", "2026-08-10T09:42:00Z", "2026-08-10T09:42:00Z"},
        TimeCase{"Fraction", "2026-08-10T09:42:00.5Z", "2026-08-10T09:42:00.500Z"},
        TimeCase{"LongFractionIsCut", "2026-08-10T09:42:00.123987Z", "2026-08-10T09:42:00.123Z"},
        TimeCase{"OffsetEast", "2026-08-10T09:42:00+02:00", "2026-08-10T07:42:00Z"},
        TimeCase{"OffsetWestOverMidnight", "2026-12-31T23:00:00-05:30", "2027-01-01T04:30:00Z"},
        TimeCase{"OffsetWithoutColon", "2026-08-10T09:42:00+0200", "2026-08-10T07:42:00Z"},
        TimeCase{"LeapDay", "2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"},
        TimeCase{"NoLeapDay", "2026-02-29T00:00:00Z", ""},
        TimeCase{"Epoch", "1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"},
        TimeCase{"BeforeTheEpoch", "1969-12-31T23:59:59Z", ""},
        TimeCase{"LastYear", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"},
        TimeCase{"OffsetBeforeTheEpoch", "1970-01-01T00:00:00+01:00", ""},
        TimeCase{"OffsetPastTheLastYear", "9999-12-31T23:59:59-01:00", ""},
        TimeCase{"NoZone", "2026-08-10T09:42:00", ""}, TimeCase{"DateOnly", "2026-08-10", ""},
        TimeCase{"Month13", "2026-13-10T09:42:00Z", ""},
        TimeCase{"Hour24", "2026-08-10T24:00:00Z", ""},
        TimeCase{"Minute60", "2026-08-10T09:60:00Z", ""},
        TimeCase{"EmptyFraction", "2026-08-10T09:42:00.Z", ""},
        TimeCase{"TextBehind", "2026-08-10T09:42:00Z!", ""}, TimeCase{"NotATime", "yesterday", ""},
        TimeCase{"Empty", "", ""}, TimeCase{"WrongOffset", "2026-08-10T09:42:00+24:00", ""}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(FormatTimeTest, MillisAlwaysShowThreeDecimals) {
  const auto time = parse_time("2026-08-10T09:42:00Z");
  ASSERT_TRUE(time.has_value());
  EXPECT_EQ(format_time_millis(*time), "2026-08-10T09:42:00.000Z");
  EXPECT_DOUBLE_EQ(unix_seconds(*time + std::chrono::milliseconds(250)), 1786354920.25);
}

}  // namespace
}  // namespace restorewatch
