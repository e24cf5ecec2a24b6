// How `restorewatch report` is asked.

#include <gtest/gtest.h>

#include "cli/report_arguments.h"

namespace restorewatch {
namespace {

WallTime at(const char* text) {
  return *parse_time(text);
}

const WallTime kNow = at("2026-11-22T10:00:00Z");

std::optional<Period> period(std::optional<std::string> since,
                             std::optional<std::string> until = std::nullopt) {
  ReportArguments arguments;
  arguments.since = std::move(since);
  arguments.until = std::move(until);
  const auto read = period_of(arguments, kNow);
  return read ? std::optional(*read) : std::nullopt;
}

TEST(ReportPeriod, IsTheLast90DaysUnlessToldOtherwise) {
  EXPECT_EQ(period({}), (Period{at("2026-08-24T10:00:00Z"), kNow}));
  EXPECT_EQ(period({}, "2026-04-01"),
            (Period{at("2026-01-01T00:00:00Z"), at("2026-04-01T00:00:00Z")}));
}

TEST(ReportPeriod, TakesDaysTimesAndDurations) {
  EXPECT_EQ(period("2026-10-01")->since, at("2026-10-01T00:00:00Z"));
  EXPECT_EQ(period("2026-10-01T02:00:00+02:00")->since, at("2026-10-01T00:00:00Z"));
  EXPECT_EQ(period("1d12h")->since, at("2026-11-20T22:00:00Z"));
  EXPECT_EQ(period("30d", "2026-10-31")->since, at("2026-10-01T00:00:00Z"));
}

TEST(ReportPeriod, EndsNowAtTheLatest) {
  EXPECT_EQ(period("1d", "2026-11-23"), (Period{kNow - std::chrono::hours(24), kNow}));
  EXPECT_FALSE(period("2026-11-23", "2026-12-01"));
}

TEST(ReportPeriod, RefusesWhatIsNone) {
  for (const char* const since : {"", "yesterday", "2026-13-01", "2026-02-30", "90", "-90d",
                                  "2026-11-23", "2026-11-22T10:00:00Z", "0s", "100y"}) {
    EXPECT_FALSE(period(since)) << since;
  }
  for (const char* const until : {"", "now", "90d", "2026-1-1"}) {
    EXPECT_FALSE(period({}, until)) << until;
  }
}

TEST(ReportShapeTest, ATableIsOfCsvOnly) {
  ReportArguments arguments;
  EXPECT_EQ(shape_of(arguments)->format, ReportFormat::Markdown);
  arguments.table = "gaps";
  EXPECT_FALSE(shape_of(arguments));
  arguments.format = "csv";
  EXPECT_EQ(shape_of(arguments)->table, ReportTable::Gaps);
  arguments.table = "everything";
  EXPECT_FALSE(shape_of(arguments));
  arguments = {};
  arguments.format = "pdf";
  EXPECT_FALSE(shape_of(arguments));
}

TEST(ShellQuoted, IsReadBackByAShell) {
  EXPECT_EQ(shell_quoted("/var/lib/rw-1/x.db"), "/var/lib/rw-1/x.db");
  EXPECT_EQ(shell_quoted("/a b"), "'/a b'");
  EXPECT_EQ(shell_quoted("/it's;$HOME"), "'/it'\\''s;$HOME'");
  EXPECT_EQ(shell_quoted(""), "''");
}

}  // namespace
}  // namespace restorewatch
