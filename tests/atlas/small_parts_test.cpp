#include <gtest/gtest.h>

#include "atlas/api_url.h"
#include "atlas/shown_text.h"
#include "atlas/token_answer.h"

namespace restorewatch {
namespace {

TEST(ApiUrlTest, EncodesWhatMayNotStandInASegment) {
  EXPECT_EQ(percent_encode("abc-DEF_1.2~"), "abc-DEF_1.2~");
  EXPECT_EQ(percent_encode("a/b?c#d%e f"), "a%2Fb%3Fc%23d%25e%20f");
  EXPECT_EQ(percent_encode("ä\n"), "%C3%A4%0A");
}

TEST(ApiUrlTest, FillsTemplates) {
  EXPECT_EQ(fill_path("/groups/{groupId}/clusters/{clusterName}",
                      {{"groupId", "1"}, {"clusterName", "../x"}}),
            "/groups/1/clusters/..%2Fx");
}

TEST(ShownTextTest, RemovesLinksAndWhatIsNotPrintable) {
  EXPECT_EQ(shown("plain words, 7 of them."), "plain words, 7 of them.");
  EXPECT_EQ(shown("at https://a.example.net/tok?x=y, thanks"), "at [link] thanks");
  EXPECT_EQ(shown("\"mongodb+srv://u:p@h\""), "\"[link]\"");
  EXPECT_EQ(shown("(www.example.net)"), "([link])");
  EXPECT_EQ(shown("restore.example.net/token/x.tgz"), "[link]");
  EXPECT_EQ(shown("path api/atlas/v2/orgs"), "path [link]");
  EXPECT_EQ(shown("itemsPerPage=600, the key is unknown"), "itemsPerPage=600, the key is unknown");
  for (const char* link :
       {"https://h.example/a;tok=SECRET", "https://h.example/a,SECRET", "//h.example/SECRET",
        "h:443/SECRET", "localhost/restore/SECRET", "h.example?token=SECRET", "https://h/a|SECRET",
        "https:%2F%2Fh.example%2Ft-SECRET", "https%3a%2f%2fh%2fSECRET", "me:SECRET@h.example",
        "token=SECRET", "X-Amz-Signature=SECRET", "&apiKey=SECRET"}) {
    EXPECT_EQ(shown(link), "[link]");
  }
  EXPECT_EQ(shown("a\tb\x01\xC3\xA4"), "a?b???");
  EXPECT_EQ(shown(std::string(300, 'x')).size(), 200U);
  EXPECT_EQ(shown("https://a.example.net/" + std::string(300, 'x')), "[link]");
  EXPECT_EQ(shown("abcdef", 3), "abc");
  EXPECT_EQ(shown(""), "");
}

TEST(TokenAnswerTest, ReadsAToken) {
  const auto answer = decode_token_answer(
      R"({"access_token":"a.b.c","expires_in":3600,"token_type":"Bearer","scope":"x"})");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->token, Secret("a.b.c"));
  EXPECT_EQ(answer->life, std::chrono::hours(1));
}

TEST(TokenAnswerTest, CutsEndlessLives) {
  const auto answer = decode_token_answer(
      R"({"access_token":"a","expires_in":9223372036854775807,"token_type":"bearer"})");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->life, std::chrono::hours(24 * 7));
}

TEST(TokenAnswerTest, RefusesEverythingElseWithoutQuotingIt) {
  for (const char* body :
       {"", "hunter2", "[]", R"({"access_token":"hunter2"})",
        R"({"access_token":"hunter2","expires_in":3600})",
        R"({"access_token":"hunter2","expires_in":"3600","token_type":"Bearer"})",
        R"({"access_token":"hunter2","expires_in":0,"token_type":"Bearer"})",
        R"({"access_token":"hunter2","expires_in":3600,"token_type":"mac"})",
        R"({"access_token":"","expires_in":3600,"token_type":"Bearer"})",
        R"({"access_token":"hunter2\r\nX: y","expires_in":3600,"token_type":"Bearer"})",
        R"({"access_token":7,"expires_in":3600,"token_type":"Bearer"})"}) {
    const auto answer = decode_token_answer(body);
    ASSERT_FALSE(answer) << body;
    EXPECT_EQ(answer.error().kind, ErrorKind::Malformed);
    EXPECT_EQ(answer.error().detail.find("hunter2"), std::string::npos);
  }
}

}  // namespace
}  // namespace restorewatch
