#include <gtest/gtest.h>

#include "net/digest_server.h"
#include "net/running_loop.h"

namespace restorewatch {
namespace {

HttpRequest login_to(const DigestServer& server,
                     const std::string& password = "private:with:colons") {
  HttpRequest request = get(server.url());
  request.session = "main";
  request.login = DigestLogin{"public", Secret(password)};
  return request;
}

class DigestTest : public testing::TestWithParam<const char*> {};

TEST_P(DigestTest, AsksForOneChallengeAndReusesItsNonce) {
  DigestServer server({.algorithm = GetParam()});
  RunningLoop loop;
  for (int i = 0; i < 10; ++i) {
    const auto answer = loop.ask(login_to(server));
    ASSERT_TRUE(answer) << answer.error().detail;
    ASSERT_EQ(answer->status, 200);
    EXPECT_EQ(answer->body, "welcome");
    EXPECT_FALSE(answer->headers.contains("x-only-in-challenge"));
  }
  EXPECT_EQ(server.challenges(), 1);
  EXPECT_EQ(server.accepted(), 10);
  EXPECT_EQ(server.raw().connections(), 1U);
}

TEST_P(DigestTest, LogsInAnewWhenTheNonceIsStale) {
  DigestServer server({.algorithm = GetParam(), .uses_of_a_nonce = 2});
  RunningLoop loop;
  for (int i = 0; i < 6; ++i) EXPECT_EQ(loop.ask(login_to(server))->status, 200);
  EXPECT_EQ(server.challenges(), 3);
}

INSTANTIATE_TEST_SUITE_P(Algorithms, DigestTest, testing::Values("MD5", "SHA-256"),
                         [](const auto& test) {
                           return std::string(test.param) == "MD5" ? "Md5" : "Sha256";
                         });

TEST(DigestLoginTest, LogsInAnewOnceWhenANonceWasForgotten) {
  DigestServer server({});
  RunningLoop loop;
  ASSERT_EQ(loop.ask(login_to(server))->status, 200);
  server.forget_nonces();
  EXPECT_EQ(loop.ask(login_to(server))->status, 200);
  // The first log-in's, the refusal, and the fresh log-in's.
  EXPECT_EQ(server.challenges(), 3);
  EXPECT_EQ(server.raw().requests().size(), 5U);
}

TEST(DigestLoginTest, GivesUpAfterOneFreshLogin) {
  DigestServer server({});
  RunningLoop loop;
  ASSERT_EQ(loop.ask(login_to(server))->status, 200);
  server.refuse_everything();
  const auto answer = loop.ask(login_to(server));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 401);
  EXPECT_EQ(server.raw().requests().size(), 2U + 1U + 2U);
}

TEST(DigestLoginTest, WrongPasswordIsFinal) {
  DigestServer server({});
  RunningLoop loop;
  for (std::size_t attempt = 1; attempt <= 2; ++attempt) {
    EXPECT_EQ(loop.ask(login_to(server, "wrong"))->status, 401);
    EXPECT_EQ(server.raw().requests().size(), 2 * attempt);
  }
}

TEST(DigestLoginTest, SessionsDoNotShareANonce) {
  DigestServer server({});
  RunningLoop loop;
  HttpRequest request = login_to(server);
  EXPECT_EQ(loop.ask(request)->status, 200);
  request.session = "other";
  EXPECT_EQ(loop.ask(request)->status, 200);
  EXPECT_EQ(server.challenges(), 2);
}

}  // namespace
}  // namespace restorewatch
