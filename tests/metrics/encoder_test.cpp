#include "metrics/encoder.h"

#include <gtest/gtest.h>

#include <limits>
#include <ostream>

#include "metrics/plain_page.h"

namespace restorewatch {
namespace {

TEST(EncoderTest, SortsFamiliesAndSeries) {
  EXPECT_EQ(encode_text({{"b", "second", "gauge", {{"x=\"2\"", 2}, {"x=\"1\"", 1}}},
                         {"a", "first", "counter", {{"", 7}}}}),
            "# HELP a first\n# TYPE a counter\na 7\n"
            "# HELP b second\n# TYPE b gauge\nb{x=\"1\"} 1\nb{x=\"2\"} 2\n");
}

TEST(EncoderTest, LeavesOutFamiliesWithoutSeries) {
  EXPECT_EQ(encode_text({{"a", "help", "gauge", {}}}), "");
}

TEST(EncoderTest, OneNameIsWrittenOnce) {
  EXPECT_EQ(encode_text({{"a", "help", "gauge", {{"x=\"1\"", 1}}},
                         {"a", "help", "gauge", {{"x=\"0\"", 0}}}}),
            "# HELP a help\n# TYPE a gauge\na{x=\"0\"} 0\na{x=\"1\"} 1\n");
}

TEST(EncoderTest, EscapesHelpAndLabelValues) {
  Labels labels;
  labels.add("x", "a\"b\\c\nd");
  EXPECT_EQ(encode_text({{"a", "back\\slash \"quotes\" new\nline", "gauge", {{labels.text(), 1}}}}),
            "# HELP a back\\\\slash \"quotes\" new\\nline\n# TYPE a gauge\n"
            "a{x=\"a\\\"b\\\\c\\nd\"} 1\n");
}

TEST(EncoderTest, AHistogramIsBucketsThenSumThenCount) {
  auto value = std::make_shared<HistogramValue>();
  value->buckets = {{0.5, 1}, {std::numeric_limits<double>::infinity(), 3}};
  value->sum = 4.25;
  value->count = 3;
  EXPECT_EQ(encode_text({{"h", "help", "histogram", {{"k=\"v\"", 0, value}, {"", 0, value}}}}),
            "# HELP h help\n# TYPE h histogram\n"
            "h_bucket{le=\"0.5\"} 1\nh_bucket{le=\"+Inf\"} 3\nh_sum 4.25\nh_count 3\n"
            "h_bucket{k=\"v\",le=\"0.5\"} 1\nh_bucket{k=\"v\",le=\"+Inf\"} 3\n"
            "h_sum{k=\"v\"} 4.25\nh_count{k=\"v\"} 3\n");
}

std::string encode_open_metrics(std::vector<Family> families) {
  return encoded(std::move(families), PageFormat::OpenMetrics);
}

TEST(OpenMetricsEncoderTest, EndsWithALineThatSaysSo) {
  EXPECT_EQ(encode_open_metrics({}), "# EOF\n");
  EXPECT_EQ(encode_open_metrics({{"a", "help", "gauge", {{"", 1.5}}}}),
            "# HELP a help\n# TYPE a gauge\na 1.5\n# EOF\n");
}

TEST(OpenMetricsEncoderTest, OnlySamplesOfACounterEndInTotal) {
  EXPECT_EQ(encode_open_metrics({{"a_total", "help", "counter", {{"", 7}}}}),
            "# HELP a help\n# TYPE a counter\na_total 7\n# EOF\n");
}

TEST(OpenMetricsEncoderTest, ACounterByAnotherNameIsUnknownAsIsWhatHasNoType) {
  EXPECT_EQ(encode_open_metrics({{"a", "help", "counter", {{"", 7}}}}),
            "# HELP a help\n# TYPE a unknown\na 7\n# EOF\n");
  EXPECT_EQ(encode_open_metrics({{"a", "help", "untyped", {{"", 7}}}}),
            "# HELP a help\n# TYPE a unknown\na 7\n# EOF\n");
}

TEST(OpenMetricsEncoderTest, TheUnitIsTheLastWordOfTheName) {
  EXPECT_EQ(encode_open_metrics({{"a_seconds_total", "help", "counter", {{"", 7}}},
                                 {"b_bytes", "help", "gauge", {{"", 8}}},
                                 {"bytes", "help", "gauge", {{"", 9}}},
                                 {"c_milliseconds", "help", "gauge", {{"", 10}}}}),
            "# HELP a_seconds help\n# TYPE a_seconds counter\n# UNIT a_seconds seconds\n"
            "a_seconds_total 7\n"
            "# HELP b_bytes help\n# TYPE b_bytes gauge\n# UNIT b_bytes bytes\nb_bytes 8\n"
            "# HELP bytes help\n# TYPE bytes gauge\nbytes 9\n"
            "# HELP c_milliseconds help\n# TYPE c_milliseconds gauge\nc_milliseconds 10\n# EOF\n");
}

TEST(OpenMetricsEncoderTest, EscapesQuotesInHelp) {
  EXPECT_EQ(encode_open_metrics({{"a", "a\\b \"c\"\n", "gauge", {{"x=\"\\\"\"", 1}}}}),
            "# HELP a a\\\\b \\\"c\\\"\\n\n# TYPE a gauge\na{x=\"\\\"\"} 1\n# EOF\n");
}

/// As Go writes them, with a point or an exponent.
TEST(OpenMetricsEncoderTest, BoundsAreFloatingPointNumbers) {
  auto value = std::make_shared<HistogramValue>();
  for (const double bound : {0.0, 1e-05, 0.001, 0.25, 1.0, 10.0, 100000.0, 604800.0, 1e6, 2592000.0,
                             std::numeric_limits<double>::infinity()}) {
    value->buckets.emplace_back(bound, 1);
  }
  value->count = value->sum = 1;
  EXPECT_EQ(encode_open_metrics({{"h", "help", "histogram", {{"", 0, value}}}}),
            "# HELP h help\n# TYPE h histogram\n"
            "h_bucket{le=\"0.0\"} 1\nh_bucket{le=\"1e-05\"} 1\nh_bucket{le=\"0.001\"} 1\n"
            "h_bucket{le=\"0.25\"} 1\nh_bucket{le=\"1.0\"} 1\nh_bucket{le=\"10.0\"} 1\n"
            "h_bucket{le=\"100000.0\"} 1\nh_bucket{le=\"604800.0\"} 1\nh_bucket{le=\"1e+06\"} 1\n"
            "h_bucket{le=\"2.592e+06\"} 1\nh_bucket{le=\"+Inf\"} 1\nh_sum 1\nh_count 1\n# EOF\n");
}

struct ValueCase {
  std::string_view name;
  double value;
  std::string_view text;
};

void PrintTo(const ValueCase& row, std::ostream* out) {
  *out << row.name;
}

class AppendValue : public testing::TestWithParam<ValueCase> {};

TEST_P(AppendValue, WritesIt) {
  std::string out;
  append_value(out, GetParam().value);
  EXPECT_EQ(out, GetParam().text);
}

constexpr double kInfinity = std::numeric_limits<double>::infinity();

INSTANTIATE_TEST_SUITE_P(
    Values, AppendValue,
    testing::Values(ValueCase{"Zero", 0, "0"}, ValueCase{"NegativeZero", -0.0, "0"},
                    ValueCase{"WholeNumbersHaveNoExponent", 1e9, "1000000000"},
                    ValueCase{"ATimeWithMillis", 1786354920.25, "1786354920.25"},
                    ValueCase{"LargestExact", 9007199254740991.0, "9007199254740991"},
                    ValueCase{"Huge", 1e300, "1e+300"}, ValueCase{"Tenth", 0.1, "0.1"},
                    ValueCase{"Negative", -2.5, "-2.5"},
                    ValueCase{"NotANumber", std::numeric_limits<double>::quiet_NaN(), "NaN"},
                    ValueCase{"Infinity", kInfinity, "+Inf"},
                    ValueCase{"MinusInfinity", -kInfinity, "-Inf"}),
    [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace restorewatch
