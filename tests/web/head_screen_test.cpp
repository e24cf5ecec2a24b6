#include "web/head_screen.h"

#include <gtest/gtest.h>

#include <ostream>

namespace restorewatch {
namespace {

using enum HeadVerdict;

HeadScreen fed(const std::string& text) {
  HeadScreen screen(HeadLimits{});
  screen.feed(text);
  return screen;
}

std::string get(const std::string& lines) {
  return "GET /metrics HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n";
}

TEST(HeadScreenTest, ReadsWhatWasSent) {
  HeadScreen screen = fed(
      "GET /api/v1/jobs?project=a%20b&x=? HTTP/1.1\r\nHOST: a:9942\r\nAccept:  text/plain \t\r\n"
      "accept: */*\r\nX-Empty:\r\n\r\n");
  ASSERT_EQ(screen.verdict(), Complete);
  const RequestHead head = screen.take();
  EXPECT_EQ(head.request.method, "GET");
  EXPECT_EQ(head.request.path, "/api/v1/jobs");
  EXPECT_EQ(head.request.query, "project=a%20b&x=?");
  EXPECT_EQ(head.request.list_of("accept"), "text/plain,*/*,");
  EXPECT_TRUE(head.request.has("x-empty"));
  EXPECT_FALSE(head.request.has_body);
  EXPECT_EQ(head.host, "a:9942");
  EXPECT_TRUE(head.wants_to_stay);
}

TEST(HeadScreenTest, TheBytesMayComeOneByOne) {
  const std::string text = get("Accept: */*\r\n");
  HeadScreen screen{HeadLimits{}};
  for (const char& byte : text) {
    EXPECT_EQ(screen.verdict(), Incomplete);
    EXPECT_EQ(screen.feed({&byte, 1}), 1U);
  }
  EXPECT_EQ(screen.verdict(), Complete);
}

TEST(HeadScreenTest, LeavesWhatComesAfterTheHead) {
  HeadScreen screen{HeadLimits{}};
  const std::string two = get("") + get("X: 2\r\n");
  const std::size_t taken = screen.feed(two);
  EXPECT_EQ(taken, get("").size());
  EXPECT_EQ(screen.feed(std::string_view(two).substr(taken)), 0U);
  ASSERT_EQ(screen.verdict(), Complete);
  EXPECT_FALSE(screen.take().request.has("x"));
  EXPECT_FALSE(screen.has_begun());
  EXPECT_EQ(screen.feed(std::string_view(two).substr(taken)), two.size() - taken);
  ASSERT_EQ(screen.verdict(), Complete);
  EXPECT_TRUE(screen.take().request.has("x"));
}

struct Case {
  std::string name;
  std::string text;
  HeadVerdict verdict = Malformed;
};

void PrintTo(const Case& test, std::ostream* out) {
  *out << test.name;
}

class HeadVerdictTest : public testing::TestWithParam<Case> {};

TEST_P(HeadVerdictTest, IsTheSameHoweverTheBytesCome) {
  EXPECT_EQ(fed(GetParam().text).verdict(), GetParam().verdict);
  HeadScreen slowly{HeadLimits{}};
  for (const char& byte : GetParam().text) slowly.feed({&byte, 1});
  EXPECT_EQ(slowly.verdict(), GetParam().verdict);
}

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

std::string name_of(const testing::TestParamInfo<Case>& test) {
  return test.param.name;
}

// What somebody before us, or behind us, could read in another way than we do.
INSTANTIATE_TEST_SUITE_P(
    Smuggling, HeadVerdictTest,
    testing::Values(Case{"TwoLengths", get("Content-Length: 0\r\nContent-Length: 5\r\n")},
                    Case{"TwoEqualLengths", get("Content-Length: 5\r\nContent-Length: 5\r\n")},
                    Case{"AListOfLengths", get("Content-Length: 5, 5\r\n")},
                    Case{"ASignedLength", get("Content-Length: +5\r\n")},
                    Case{"ANegativeLength", get("Content-Length: -1\r\n")},
                    Case{"AHexadecimalLength", get("Content-Length: 0x10\r\n")},
                    Case{"AnEmptyLength", get("Content-Length:\r\n")},
                    Case{"ALengthThatFitsNowhere", get("Content-Length: 18446744073709551616\r\n")},
                    Case{"Chunks", get("Transfer-Encoding: chunked\r\n")},
                    Case{"ChunksAndLength",
                         get("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n")},
                    Case{"OddChunks", get("Transfer-Encoding: xchunked\r\n")},
                    Case{"SpaceBeforeColon", get("Transfer-Encoding : chunked\r\n")},
                    Case{"TabBeforeColon", get("Content-Length\t: 5\r\n")},
                    Case{"FoldedLine", get("X: a\r\n b\r\n")},
                    Case{"FoldedFirstLine", "GET / HTTP/1.1\r\n Host: a\r\n\r\n"},
                    Case{"LineFeedAlone", "GET / HTTP/1.1\nHost: a\n\n"},
                    Case{"LineFeedAloneInAField", get("X: a\nContent-Length: 5\r\n")},
                    Case{"CarriageReturnAlone", get("X: a\rContent-Length: 5\r\n")},
                    Case{"TwoCarriageReturns", get("X: a\r\r\n")},
                    Case{"Nul", get(std::string("X: a\0b\r\n", 8))},
                    Case{"Bell", get("X: \x07\r\n")}, Case{"NoColon", get("Nothing\r\n")},
                    Case{"NoName", get(": a\r\n")}, Case{"AQuotedName", get("\"Host\": a\r\n")},
                    Case{"NoHost", "GET / HTTP/1.1\r\n\r\n"}, Case{"TwoHosts", get("Host: b\r\n")},
                    Case{"TwoHostsIn10", "GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n"},
                    Case{"AHostWithAPath", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"},
                    Case{"AHostWithAUser", "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n"},
                    Case{"SeveralHostsInOne", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n"}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    RequestLines, HeadVerdictTest,
    testing::Values(Case{"NoVersion", "GET /metrics\r\n\r\n"}, Case{"Empty", "\r\n\r\n"},
                    Case{"AbsoluteForm", "GET http://a/metrics HTTP/1.1\r\nHost: a\r\n\r\n"},
                    Case{"Authority", "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n"},
                    Case{"Asterisk", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"},
                    Case{"TwoSpaces", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n"},
                    Case{"SpaceInTarget", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"},
                    Case{"SpaceAtTheEnd", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n"},
                    Case{"SpaceInFront", " GET / HTTP/1.1\r\nHost: a\r\n\r\n"},
                    Case{"Tabs", "GET\t/\tHTTP/1.1\r\nHost: a\r\n\r\n"},
                    Case{"Fragment", "GET /#a HTTP/1.1\r\nHost: a\r\n\r\n"},
                    Case{"ATargetThatIsNotAscii", "GET /\xc3\xa4 HTTP/1.1\r\nHost: a\r\n\r\n"},
                    Case{"AMethodThatIsNoToken", "G(T / HTTP/1.1\r\nHost: a\r\n\r\n"},
                    Case{"ALongMethod", std::string(17, 'A') + " / HTTP/1.1\r\nHost: a\r\n\r\n"},
                    Case{"LowerCaseVersion", "GET / http/1.1\r\nHost: a\r\n\r\n"},
                    Case{"ATlsHandshake", "\x16\x03\x01"},
                    Case{"Http12", "GET / HTTP/1.2\r\nHost: a\r\n\r\n", OtherVersion},
                    Case{"Http2", "PRI * HTTP/2.0\r\n\r\n", OtherVersion},
                    Case{"Http10WithoutHost", "GET / HTTP/1.0\r\n\r\n", Complete},
                    Case{"AMethodThatNobodyKnows", "BREW / HTTP/1.1\r\nHost: a\r\n\r\n", Complete},
                    Case{"AHostByNumber", "GET / HTTP/1.1\r\nHost: [::1]:9942\r\n\r\n", Complete},
                    Case{"LatinInAField", get("X: \xe4\r\n"), Complete},
                    Case{"ATabInAField", get("X: a\tb\r\n"), Complete}),
    name_of);

const HeadLimits kLimits;
INSTANTIATE_TEST_SUITE_P(
    Limits, HeadVerdictTest,
    testing::Values(
        Case{"AsManyLinesAsMayBe", get(repeated("X: y\r\n", static_cast<int>(kLimits.lines) - 1)),
             Complete},
        Case{"OneLineMore", get(repeated("X: y\r\n", static_cast<int>(kLimits.lines))), TooLarge},
        Case{"ALineAsLongAsMayBe", get("X:" + std::string(kLimits.line - 2, 'y') + "\r\n"),
             Complete},
        Case{"OneByteMore", get("X:" + std::string(kLimits.line - 1, 'y') + "\r\n"), TooLarge},
        Case{"ATargetWithoutEnd", "GET /" + std::string(kLimits.line, 'a'), TooLarge},
        Case{"TooMuchInAll", get(repeated("X: " + std::string(5000, 'y') + "\r\n", 4)), TooLarge}),
    name_of);

TEST(HeadScreenTest, KeepsNothingOverTheLimit) {
  HeadScreen screen{HeadLimits{}};
  EXPECT_EQ(screen.feed(std::string(1'000'000, 'a')), HeadLimits{}.line + 1);
  EXPECT_EQ(screen.feed("more"), 0U);
}

TEST(HeadScreenTest, WhoWantsToStayMay) {
  const auto stays = [](const std::string& text) {
    HeadScreen screen = fed(text);
    EXPECT_EQ(screen.verdict(), Complete) << text;
    return screen.take().wants_to_stay;
  };
  EXPECT_FALSE(stays(get("Connection: close\r\n")));
  EXPECT_FALSE(stays(get("Connection: x\r\nConnection: Upgrade, CLOSE\r\n")));
  EXPECT_TRUE(stays(get("Connection: closed\r\n")));
  EXPECT_FALSE(stays("GET / HTTP/1.0\r\n\r\n"));
  EXPECT_TRUE(stays("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n"));
}

TEST(HeadScreenTest, KnowsWhetherABodyFollows) {
  for (const auto& [length, has_body] :
       std::map<std::string, bool>{{"0", false}, {"00", false}, {"1", true}, {"010", true}}) {
    HeadScreen screen = fed(get("Content-Length: " + length + "\r\n"));
    ASSERT_EQ(screen.verdict(), Complete) << length;
    EXPECT_EQ(screen.take().request.has_body, has_body) << length;
  }
}

}  // namespace
}  // namespace restorewatch
