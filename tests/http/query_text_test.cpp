#include "http/query_text.h"

#include <gtest/gtest.h>

#include <array>

namespace restorewatch {
namespace {

constexpr std::array<std::string_view, 3> kAllowed{"project", "limit", "cursor"};

Parameters parsed(std::string_view query) {
  const auto parameters = parse_query(query, kAllowed);
  EXPECT_TRUE(parameters.ok()) << query;
  return parameters.ok() ? *parameters : Parameters{};
}

std::string refusal(std::string_view query) {
  const auto parameters = parse_query(query, kAllowed);
  EXPECT_FALSE(parameters.ok()) << query;
  return parameters.ok() ? "" : parameters.error().detail;
}

TEST(QueryTextTest, DecodesWhatBrowsersSend) {
  EXPECT_EQ(parsed("project=a+b%2Bc%C3%A9&limit=5"),
            (Parameters{{"project", "a b+cé"}, {"limit", "5"}}));
  EXPECT_EQ(parsed(""), Parameters{});
  EXPECT_EQ(parsed("&&project=a&"), (Parameters{{"project", "a"}}));
}

TEST(QueryTextTest, AnEmptyValueIsNotGiven) {
  EXPECT_EQ(parsed("project=&limit"), Parameters{});
}

TEST(QueryTextTest, RefusesWhatItDoesNotKnowAndSaysWhich) {
  EXPECT_EQ(refusal("projcet=a"), "projcet: is not known here");
  EXPECT_EQ(refusal("=a"), "a parameter: is not known here");
  EXPECT_EQ(refusal("%FF=a"), "a parameter: is not known here");
  EXPECT_EQ(refusal(std::string(1000, 'x') + "=a"), "a parameter: is not known here");
}

TEST(QueryTextTest, RefusesTwiceTheSame) {
  EXPECT_EQ(refusal("project=a&project=b"), "project: is given twice");
  EXPECT_EQ(refusal("project=&project=b"), "project: is given twice");
}

TEST(QueryTextTest, RefusesBrokenEncodings) {
  for (const char* const query : {"project=%", "project=%4", "project=%zz", "project=a%4"}) {
    EXPECT_EQ(refusal(query), "project: has a % that no two hexadecimal digits follow") << query;
  }
  EXPECT_EQ(refusal("project=%C3%28"), "project: is not UTF-8");
}

TEST(QueryTextTest, BoundsLengths) {
  EXPECT_EQ(parsed("project=" + std::string(256, 'a')).size(), 1U);
  EXPECT_EQ(refusal("project=" + std::string(257, 'a')), "project: is longer than 256 bytes");
  EXPECT_EQ(parsed("cursor=" + std::string(1024, 'a')).size(), 1U);
  EXPECT_EQ(refusal("cursor=" + std::string(1025, 'a')), "cursor: is longer than 1024 bytes");
}

TEST(QueryTextTest, WritesWhatItReads) {
  const Parameters hostile{{"project", "a&b=c d+e%f\"<é\x01"}, {"limit", "*"}};
  EXPECT_EQ(parsed(query_text(hostile)), hostile);
  EXPECT_EQ(query_text(hostile).find_first_of("\"<> "), std::string::npos);
}

TEST(QueryTextTest, NumbersHaveBounds) {
  const auto number = [](const std::string& text) {
    return number_of({{"limit", text}}, "limit", 1, 1000, 100);
  };
  EXPECT_EQ(*number("1"), 1U);
  EXPECT_EQ(*number("1000"), 1000U);
  EXPECT_EQ(*number_of({}, "limit", 1, 1000, 100), 100U);
  for (const char* const bad : {"0", "1001", "-1", "1.5", "1 ", "x", "99999999999999999999"}) {
    const auto refused = number(bad);
    ASSERT_FALSE(refused.ok()) << bad;
    EXPECT_EQ(refused.error().detail, "limit: must be a whole number from 1 to 1000");
  }
}

}  // namespace
}  // namespace restorewatch
