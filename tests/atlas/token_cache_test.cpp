#include "atlas/token_cache.h"

#include "atlas/atlas_test_base.h"
#include "atlas/fixture.h"

namespace restorewatch {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

class TokenCacheTest : public AtlasTest {
 protected:
  /// Answers each token request with a token of its own.
  void give_tokens(int life = 3600) {
    transport_.set_script([this, life](const HttpRequest&) {
      return token_answer("token-" + std::to_string(token_requests()), life);
    });
  }

  void refuse(int status, const std::string& body,
              const std::map<std::string, std::string, std::less<>>& headers = {}) {
    transport_.set_script([=](const HttpRequest&) { return http(status, body, headers); });
  }

  /// Asks, lets the loop run, and gives what came.
  Result<TokenCache::Token> ask() {
    std::optional<Result<TokenCache::Token>> result;
    cache_.get([&](Result<TokenCache::Token> token) { result = std::move(token); });
    loop_.run();
    EXPECT_TRUE(result.has_value());
    return *result;
  }

  std::string token() {
    const auto result = ask();
    return result ? result->text.reveal() : "error: " + result.error().detail;
  }

  ApiMetrics metrics_{telemetry_};
  TokenCache cache_{{"main", kBaseUrl, {"mdb_sa_id_1", Secret("mdb_sa_sk_hunter2")}, seconds(30)},
                    {transport_, loop_, clock_, metrics_, Log()}};
};

TEST_F(TokenCacheTest, AsksAsTheDocumentationSays) {
  give_tokens();
  EXPECT_EQ(token(), "token-1");
  const HttpRequest& request = transport_.requests().at(0);
  EXPECT_EQ(request.method, HttpMethod::Post);
  EXPECT_EQ(request.url, kTokenUrl);
  EXPECT_EQ(request.body, "grant_type=client_credentials");
  EXPECT_EQ(request.headers, (std::vector<std::pair<std::string, std::string>>{
                                 {"Content-Type", "application/x-www-form-urlencoded"},
                                 {"Accept", "application/json"}}));
  const auto* login = std::get_if<BasicLogin>(&request.login);
  ASSERT_NE(login, nullptr);
  EXPECT_EQ(login->user, "mdb_sa_id_1");
  EXPECT_EQ(login->password, Secret("mdb_sa_sk_hunter2"));
  EXPECT_EQ(
      metric("restorewatch_token_refreshes_total", {{"credential", "main"}, {"result", "ok"}}), 1);
  EXPECT_EQ(metric("restorewatch_api_requests_total",
                   {{"endpoint", "/api/oauth/token"}, {"code", "200"}}),
            1);
}

TEST_F(TokenCacheTest, KeepsTheToken) {
  give_tokens();
  for (int i = 0; i < 5; ++i) EXPECT_EQ(token(), "token-1");
  clock_.advance(minutes(50));
  EXPECT_EQ(token(), "token-1");
  EXPECT_EQ(token_requests(), 1U);
}

TEST_F(TokenCacheTest, AsksOnceForAllWhoWait) {
  give_tokens();
  transport_.hold();
  std::vector<std::string> got;
  for (int i = 0; i < 4; ++i) {
    cache_.get(
        [&](const Result<TokenCache::Token>& token) { got.push_back(token->text.reveal()); });
  }
  loop_.run();
  EXPECT_TRUE(got.empty());
  transport_.release();
  loop_.run();
  EXPECT_EQ(got, (std::vector<std::string>(4, "token-1")));
  EXPECT_EQ(token_requests(), 1U);
}

TEST_F(TokenCacheTest, RenewsEarlyWithoutMakingAnybodyWait) {
  give_tokens();
  EXPECT_EQ(token(), "token-1");
  clock_.advance(minutes(59));  // a tenth of the life before its end is minute 54
  EXPECT_EQ(token(), "token-1");
  EXPECT_EQ(token_requests(), 2U);
  EXPECT_EQ(token(), "token-2");
  EXPECT_EQ(token_requests(), 2U);
}

TEST_F(TokenCacheTest, AskingOnceForTheRenewal) {
  give_tokens();
  token();
  clock_.advance(minutes(59));
  transport_.hold();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(token(), "token-1");
  EXPECT_EQ(token_requests(), 2U);
}

TEST_F(TokenCacheTest, WaitsForAFreshOneAfterTheEnd) {
  give_tokens();
  token();
  clock_.advance(minutes(60));
  EXPECT_EQ(token(), "token-2");
}

TEST_F(TokenCacheTest, AShortLifeIsUsedForHalfOfItAtLeast) {
  give_tokens(60);
  token();
  clock_.advance(seconds(29));
  token();
  EXPECT_EQ(token_requests(), 1U);
  clock_.advance(seconds(2));
  token();
  EXPECT_EQ(token_requests(), 2U);
}

TEST_F(TokenCacheTest, ATokenStaysGoodWhileItsRenewalFails) {
  give_tokens();
  token();
  cache_.accepted(1);
  clock_.advance(minutes(59));
  refuse(500, "");
  EXPECT_EQ(token(), "token-1");
  EXPECT_EQ(token(), "token-1");
  cache_.accepted(1);
  EXPECT_EQ(token_requests(), 2U);  // the pause holds
  clock_.advance(milliseconds(1500));
  EXPECT_EQ(token(), "token-1");
  EXPECT_EQ(token_requests(), 3U);
  cache_.accepted(1);
  clock_.advance(milliseconds(1500));  // the second pause is 2 s, whatever the old token does
  EXPECT_EQ(token(), "token-1");
  EXPECT_EQ(token_requests(), 3U);
}

TEST_F(TokenCacheTest, PausesLongerAfterEachFailure) {
  refuse(500, R"({"error":"server_error"})");
  std::size_t asked = 0;
  for (const int pause : {1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300}) {
    EXPECT_EQ(token(), "error: access token: HTTP 500 server_error");
    EXPECT_EQ(token_requests(), ++asked);
    clock_.advance(seconds(pause) - milliseconds(1));
    EXPECT_EQ(token(), "error: access token: HTTP 500 server_error");
    EXPECT_EQ(token_requests(), asked) << pause;
    clock_.advance(milliseconds(1));
  }
  give_tokens();
  EXPECT_EQ(token(), "token-12");
  EXPECT_EQ(
      metric("restorewatch_token_refreshes_total", {{"credential", "main"}, {"result", "other"}}),
      11);
}

TEST_F(TokenCacheTest, AnErrorDuringThePauseComesLater) {
  refuse(500, "");
  token();
  bool called = false;
  cache_.get([&](const Result<TokenCache::Token>&) { called = true; });
  EXPECT_FALSE(called);
  loop_.run();
  EXPECT_TRUE(called);
}

TEST_F(TokenCacheTest, RetryAfterIsLaw) {
  refuse(429, R"({"error":429,"errorCode":"RATE_LIMITED","parameters":["/api/oauth/token",10,1]})",
         {{"retry-after", "60"}});
  auto result = ask();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::Throttled);
  EXPECT_EQ(result.error().retry_after, seconds(60));
  clock_.advance(seconds(20));
  result = ask();
  EXPECT_EQ(result.error().retry_after, seconds(40));
  clock_.advance(seconds(39));
  EXPECT_FALSE(ask());
  EXPECT_EQ(token_requests(), 1U);
  clock_.advance(seconds(1));
  give_tokens();
  EXPECT_EQ(token(), "token-2");
}

TEST_F(TokenCacheTest, TheBodyMayAskForMore) {
  refuse(429, R"({"error":429,"errorCode":"RATE_LIMITED","parameters":["/api/oauth/token",10,5]})",
         {{"retry-after", "60"}});
  EXPECT_EQ(ask().error().retry_after, seconds(300));
}

TEST_F(TokenCacheTest, NothingCutsShortWhatAtlasAskedFor) {
  give_tokens();
  EXPECT_EQ(token(), "token-1");
  clock_.advance(minutes(55));  // time to renew it, while it goes on
  refuse(429, "", {{"retry-after", "3600"}});
  EXPECT_EQ(token(), "token-1");
  loop_.run();
  EXPECT_EQ(token_requests(), 2U);
  EXPECT_FALSE(cache_.refused(1));  // a pause of a second, were it alone
  clock_.advance(minutes(1));
  EXPECT_EQ(ask().error().retry_after, minutes(59));
  cache_.offer(Secret("mdb_sa_sk_other"));
  clock_.advance(minutes(58));
  const auto result = ask();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().retry_after, seconds(60));
  EXPECT_EQ(token_requests(), 2U);
  clock_.advance(minutes(1));
  give_tokens();
  EXPECT_TRUE(ask());
}

TEST_F(TokenCacheTest, SaysThatTheSecretIsNotAccepted) {
  refuse(401, fixture("error-invalid-client.json"));
  const auto result = ask();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::Unauthorized);
  EXPECT_EQ(result.error().detail,
            "access token: HTTP 401 invalid_client: Invalid client credentials.");
  EXPECT_EQ(metric("restorewatch_credential_up", {{"credential", "main"}}), 0);
}

TEST_F(TokenCacheTest, CountsRequestsThatFail) {
  transport_.set_script([](const HttpRequest&) -> Result<HttpResponse> {
    return Error{ErrorKind::Timeout, "no complete answer within 30000 ms"};
  });
  const auto result = ask();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::Timeout);
  EXPECT_EQ(metric("restorewatch_api_requests_total",
                   {{"endpoint", "/api/oauth/token"}, {"code", "timeout"}}),
            1);
}

TEST_F(TokenCacheTest, ATokenThatWasGoodOnceIsReplacedWhenRefused) {
  give_tokens();
  const auto first = ask();
  cache_.accepted(first->number);
  EXPECT_TRUE(cache_.refused(first->number));
  EXPECT_EQ(token(), "token-2");
}

TEST_F(TokenCacheTest, AFreshTokenThatIsRefusedIsAFailure) {
  give_tokens();
  const auto first = ask();
  EXPECT_FALSE(cache_.refused(first->number));
  EXPECT_EQ(token(), "error: access token: the API does not accept a fresh access token");
  EXPECT_EQ(token_requests(), 1U);
  EXPECT_EQ(metric("restorewatch_credential_up", {{"credential", "main"}}), 0);
  clock_.advance(seconds(1));
  const auto second = ask();
  EXPECT_FALSE(cache_.refused(second->number));
  clock_.advance(seconds(1));  // the second pause is 2 s: refusals add up
  EXPECT_FALSE(ask());
  EXPECT_EQ(token_requests(), 2U);
}

TEST_F(TokenCacheTest, ALateRefusalDoesNotThrowAwayANewerToken) {
  give_tokens();
  const auto first = ask();
  cache_.accepted(first->number);
  EXPECT_TRUE(cache_.refused(first->number));
  EXPECT_EQ(token(), "token-2");
  EXPECT_TRUE(cache_.refused(first->number));
  EXPECT_EQ(token(), "token-2");
  EXPECT_EQ(token_requests(), 2U);
}

TEST_F(TokenCacheTest, CredentialsRenewAtDifferentTimesTheSameEachTime) {
  const auto renewal_second = [&](const std::string& name) {
    ManualClock clock;
    FakeLoop loop(clock);
    FakeTransport transport(loop, [](const HttpRequest&) { return token_answer("t"); });
    TokenCache cache({name, kBaseUrl, {"id", Secret("s")}, seconds(30)},
                     {transport, loop, clock, metrics_, Log()});
    int second = 0;
    for (; transport.requests().size() < 2; ++second) {
      cache.get([](const Result<TokenCache::Token>&) {});
      loop.run();
      clock.advance(seconds(1));
    }
    return second;
  };
  const int one = renewal_second("one");
  EXPECT_EQ(one, renewal_second("one"));
  EXPECT_NE(one, renewal_second("two"));
  EXPECT_GE(one, 3600 - 360 - 180);
  EXPECT_LE(one, 3600 - 360 + 2);
}

}  // namespace
}  // namespace restorewatch
