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
