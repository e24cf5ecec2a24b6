#include "http/accept_encoding.h"

#include <gtest/gtest.h>

#include <ostream>
#include <random>

namespace restorewatch {
namespace {

struct Case {
  std::string_view name;
  std::string_view header;
  bool gzip;
};

void PrintTo(const Case& row, std::ostream* out) {
  *out << row.name;
}

class PrefersGzip : public testing::TestWithParam<Case> {};

TEST_P(PrefersGzip, Says) {
  EXPECT_EQ(prefers_gzip(GetParam().header), GetParam().gzip);
}

INSTANTIATE_TEST_SUITE_P(
    Headers, PrefersGzip,
    testing::Values(
        Case{"Absent", "", false}, Case{"Gzip", "gzip", true},
        Case{"AmongOthers", "deflate, gzip, br", true},
        Case{"OnlyOthers", "deflate, br, zstd", false}, Case{"UpperCase", "GZIP", true},
        Case{"OldName", "x-gzip", true}, Case{"PartOfAnotherName", "gzipped, xgzip", false},
        Case{"Refused", "gzip;q=0", false}, Case{"RefusedWithDigits", "gzip;q=0.000", false},
        Case{"SmallWeight", "gzip;q=0.001", true},
        Case{"WeightInUpperCaseAndBlanks", " gzip ; Q = 0.5 ", true}, Case{"Any", "*", true},
        Case{"AnyRefused", "*;q=0", false}, Case{"AnyButGzip", "gzip;q=0, *", false},
        Case{"GzipButNoOther", "gzip, *;q=0", true}, Case{"Identity", "identity", false},
        Case{"BothAlike", "identity, gzip", true},
        Case{"PlainLikedBetter", "gzip;q=0.5, identity", false},
        Case{"GzipLikedBetter", "identity;q=0.5, gzip;q=0.6", true},
        Case{"PlainRefused", "identity;q=0, gzip;q=0.1", true},
        Case{"WeightAboveOne", "gzip;q=1.001", false},
        Case{"WeightTooLong", "gzip;q=0.0001", false}, Case{"NoWeight", "gzip;q=", false},
        Case{"NegativeWeight", "gzip;q=-1", false}, Case{"OtherParameter", "gzip;level=1", false},
        Case{"EmptyParts", ",, ,gzip,", true}, Case{"OnlySeparators", ";,;=,q=1;,", false}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(PrefersGzipTest, ReadsWhateverIsSentInTimeThatGrowsWithItsLength) {
  std::string all_commas(1'000'000, ',');
  EXPECT_FALSE(prefers_gzip(all_commas));
  EXPECT_TRUE(prefers_gzip(all_commas + "gzip"));
  EXPECT_FALSE(prefers_gzip("gzip;q=" + std::string(1'000'000, '0')));
  std::mt19937 random(1);
  const std::string_view letters("gzip*;=q01., \0\xff\tXI", 18);
  for (int i = 0; i < 100'000; ++i) {
    std::string header(random() % 20, ' ');
    for (char& c : header) c = letters[random() % letters.size()];
    prefers_gzip(header);  // for the sanitizers
  }
}

}  // namespace
}  // namespace restorewatch
