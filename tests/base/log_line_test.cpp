#include "base/log_line.h"

#include <gtest/gtest.h>

#include <vector>

namespace restorewatch {
namespace {

const WallTime kTime = *parse_time("2026-08-10T09:42:00.007Z");

std::string line(LogFormat format, std::vector<Field> fields) {
  return log_line(format, kTime, LogLevel::Warn, fields);
}

TEST(LogLineTest, LogfmtQuotesWhatNeedsIt) {
  EXPECT_EQ(line(LogFormat::Logfmt, {{"msg", "poll failed"}, {"n", 3}, {"up", false}, {"e", ""}}),
            R"(ts=2026-08-10T09:42:00.007Z level=warn msg="poll failed" n=3 up=false e="")");
}

TEST(LogLineTest, JsonKeepsNumbersAndBooleans) {
  EXPECT_EQ(
      line(LogFormat::Json, {{"msg", "a \"b\""}, {"n", 3}, {"up", true}, {"d", 0.5}}),
      R"({"ts":"2026-08-10T09:42:00.007Z","level":"warn","msg":"a \"b\"","n":3,"up":true,"d":0.5})");
}

TEST(LogLineTest, OneRecordIsOneLineWhateverComesIn) {
  const std::string hostile = "a\nlevel=error msg=forged\r\t\x1b[31m\x7f\xff end";
  for (const LogFormat format : {LogFormat::Logfmt, LogFormat::Json}) {
    const std::string text = line(format, {{"x", hostile}});
    for (const char c : text) EXPECT_GE(static_cast<unsigned char>(c), 0x20) << text;
    EXPECT_NE(text.find("a\\nlevel=error msg=forged\\r\\t\\u001b[31m\\u007f\\ufffd end"),
              std::string::npos)
        << text;
  }
}

TEST(LogLineTest, WhatActsOnATerminalUnseenIsReplaced) {
  // Put together from halves, so that no such character stands in this file.
  const std::string control = std::string("\xc2") + "\x9b";
  const std::string turn = std::string("\xe2\x80") + "\xae";
  const std::string separator = std::string("\xe2\x80") + "\xa8";
  const std::string isolate = std::string("\xe2\x81") + "\xa6";
  std::string out;
  append_json_string(out, "a" + control + "31m " + turn + separator + isolate + " \xc2\xa9");
  EXPECT_EQ(out, "\"a\\ufffd31m \\ufffd\\ufffd\\ufffd \xc2\xa9\"");
}

TEST(LogLineTest, TheSameHoldsForTextThatIsPrintedElsewhere) {
  EXPECT_EQ(escaped("prod\xC2\x9B\n\xE2\x80\xAE"
                    "a"),
            "prod\\ufffd\\n\\ufffda");
  EXPECT_EQ(escaped("prod-\xC3\xA4"), "prod-\xC3\xA4");
}

TEST(LogLineTest, BrokenUtf8BecomesTheReplacementCharacter) {
  std::string out;
  append_json_string(out, "\xc3\xa9 \xc0\xaf \xed\xa0\x80 \xf5 \xe2\x82");
  EXPECT_EQ(out, "\"\xc3\xa9 \\ufffd\\ufffd \\ufffd\\ufffd\\ufffd \\ufffd \\ufffd\\ufffd\"");
}

}  // namespace
}  // namespace restorewatch
