#include "http/accept.h"

#include <gtest/gtest.h>

#include <ostream>
#include <random>

namespace restorewatch {
namespace {

constexpr const char* kText = "text/plain; version=0.0.4; charset=utf-8";
constexpr const char* kOpenMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8";
constexpr const char* kDraft = "application/openmetrics-text; version=0.0.1; charset=utf-8";

struct Case {
  std::string_view name;
  std::string_view header;
  std::string_view content_type;
};

void PrintTo(const Case& row, std::ostream* out) {
  *out << row.name;
}

class PageTypeFor : public testing::TestWithParam<Case> {};

TEST_P(PageTypeFor, Is) {
  const PageType type = page_type_for(GetParam().header);
  EXPECT_EQ(type.content_type, GetParam().content_type);
  EXPECT_EQ(type.format == PageFormat::Text, GetParam().content_type == kText);
}

std::string name_of(const testing::TestParamInfo<Case>& test) {
  return std::string(test.param.name);
}

INSTANTIATE_TEST_SUITE_P(
    Clients, PageTypeFor,
    testing::Values(
        Case{"Prometheus2_5",
             "application/openmetrics-text; version=0.0.1,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
             kDraft},
        Case{"Prometheus2_42",
             "application/openmetrics-text;version=1.0.0,application/openmetrics-text;"
             "version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
             kOpenMetrics},
        Case{"Prometheus3",
             "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,"
             "application/openmetrics-text;version=0.0.1;q=0.4,"
             "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,"
             "text/plain;version=0.0.4;q=0.2,*/*;q=0.1",
             kOpenMetrics},
        Case{"Prometheus3WithProtobuf",
             "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
             "encoding=delimited;q=0.6,application/openmetrics-text;version=1.0.0;"
             "escaping=allow-utf-8;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
             kOpenMetrics},
        Case{"PrometheusThatWantsText",
             "text/plain;version=0.0.4;q=0.5,application/openmetrics-text;version=1.0.0;q=0.3",
             kText},
        Case{"Curl", "*/*", kText},
        Case{"Browser",
             "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8", kText}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Headers, PageTypeFor,
    testing::Values(
        Case{"Absent", "", kText}, Case{"AnyText", "text/*", kText},
        Case{"AnyApplication", "application/*", kOpenMetrics},
        Case{"WithoutVersion", "application/openmetrics-text", kOpenMetrics},
        Case{"AnotherVersion", "application/openmetrics-text;version=2.0.0", kText},
        Case{"TheDraftIfThatIsLikedBetter",
             "application/openmetrics-text;q=0.5, application/openmetrics-text;version=0.0.1",
             kDraft},
        Case{"UpperCase", "APPLICATION/OpenMetrics-Text; VERSION=1.0.0; Q=0.1", kOpenMetrics},
        Case{"QuotedVersion", "application/openmetrics-text;version=\"1.0.0\"", kOpenMetrics},
        Case{"Charset", "application/openmetrics-text; charset=UTF-8", kOpenMetrics},
        Case{"AnotherCharset", "application/openmetrics-text; charset=latin1", kText},
        Case{"TextLikedBetter", "application/openmetrics-text;q=0.4, text/plain;q=0.5", kText},
        Case{"OpenMetricsLikedBetter", "text/plain;q=0.499, application/openmetrics-text;q=0.5",
             kOpenMetrics},
        Case{"TextNamedFirst", "text/plain, application/openmetrics-text", kText},
        Case{"OpenMetricsNamedFirst", "application/openmetrics-text, text/plain", kOpenMetrics},
        Case{"OpenMetricsBeforeAnything", "application/openmetrics-text, */*", kOpenMetrics},
        Case{"Refused", "application/openmetrics-text;q=0, */*;q=0.1", kText},
        Case{"TextRefused", "text/plain;q=0, */*", kOpenMetrics},
        Case{"TheCloserRangeCountsThoughItComesLater",
             "application/*, text/plain;q=0.5, application/openmetrics-text;q=0.1", kText},
        Case{"TheCloserRangeCountsThoughItComesFirst",
             "application/openmetrics-text;version=1.0.0;q=0.1, text/plain;q=0.5, "
             "application/openmetrics-text;version=0.0.1;q=0.2, application/*, */*",
             kText},
        Case{"EverythingRefused", "*/*;q=0", kText},
        Case{"NothingThatThereIs", "application/json, image/png", kText}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    OddHeaders, PageTypeFor,
    testing::Values(
        Case{"WeightThatIsNone", "application/openmetrics-text;q=much, */*;q=0.1", kText},
        Case{"WeightAboveOne", "application/openmetrics-text;q=1.1", kText},
        Case{"EmptyWeight", "application/openmetrics-text;q=", kText},
        Case{"EmptyParts", ",;,application/openmetrics-text;;version=1.0.0;,,", kOpenMetrics},
        Case{"NoSlash", "application, openmetrics-text, *", kText},
        Case{"PartOfAnotherName", "application/openmetrics-text2, xapplication/openmetrics-text",
             kText},
        Case{"InsideQuotes", "a/b;c=\", application/openmetrics-text,\"", kText},
        Case{"AfterAQuoteInQuotes", "a/b;c=\"\\\"\", application/openmetrics-text", kOpenMetrics},
        Case{"AQuoteThatNeverEnds", "application/openmetrics-text;version=\"1.0.0, */*", kText},
        Case{"ABackslashAtTheEnd", "application/openmetrics-text;version=\"\\", kText}),
    name_of);

TEST(PageTypeForTest, ReadsWhateverIsSentInTimeThatGrowsWithItsLength) {
  const std::string many(1'000'000, ',');
  EXPECT_EQ(page_type_for(many).format, PageFormat::Text);
  EXPECT_EQ(page_type_for(many + "application/openmetrics-text").format, PageFormat::OpenMetrics);
  EXPECT_EQ(page_type_for(std::string(1'000'000, '"')).format, PageFormat::Text);
  EXPECT_EQ(page_type_for("text/plain" + std::string(1'000'000, ';')).format, PageFormat::Text);
  std::mt19937 random(1);
  constexpr std::array<std::string_view, 14> kPieces{"application/openmetrics-text",
                                                     "text/plain",
                                                     "*/*",
                                                     "application/*",
                                                     ";version=",
                                                     "1.0.0",
                                                     ";q=",
                                                     "0.5",
                                                     ",",
                                                     ";",
                                                     "\"",
                                                     "\\",
                                                     " ",
                                                     std::string_view("\0\xff", 2)};
  for (int i = 0; i < 100'000; ++i) {
    std::string header;
    for (auto pieces = random() % 12; pieces > 0; --pieces) {
      header += kPieces[random() % kPieces.size()];
    }
    EXPECT_NE(page_type_for(header).content_type, nullptr);  // and for the sanitizers
  }
}

}  // namespace
}  // namespace restorewatch
