#include <set>

#include <yaml-cpp/yaml.h>

#include <gtest/gtest.h>

#include "simulator/api_fixture.h"
#include "simulator/digest.h"
#include "simulator/hashes.h"

namespace atlas_simulator {
namespace {

using namespace std::chrono_literals;

std::string key_scenario(const std::string& algorithm) {
  return "credentials:\n  - {name: key-a, public_key: abcdefgh, private_key: SECRETKEY-1, "
         "nonce_lifetime: 30s, nonce_uses: 3, algorithm: " +
         algorithm + "}\n" + open_scenario("          - {at: 0s, end: never}\n");
}

struct Attempt {
  std::string nonce, password = "SECRETKEY-1", count = "00000001", uri = kJobs, qop = "auth";
};

class DigestTest : public testing::TestWithParam<HashKind> {
 protected:
  static std::string algorithm() { return GetParam() == HashKind::Md5 ? "MD5" : "SHA-256"; }

  /// The parameters of a fresh challenge.
  std::map<std::string, std::string> challenge() {
    const Answer answer = still_.ask(get_request(kJobs));
    EXPECT_EQ(answer.status, 401);
    return digest_parameters(header(answer, "WWW-Authenticate"));
  }

  Answer try_with(const Attempt& attempt) {
    std::map<std::string, std::string> parameters{
        {"username", "abcdefgh"}, {"realm", "MMS Public API"}, {"nonce", attempt.nonce},
        {"uri", attempt.uri},     {"nc", attempt.count},       {"cnonce", "0a4f113b"}};
    const std::string response = digest_response(parameters, GetParam(), "GET", attempt.password);
    ApiRequest request = get_request(kJobs);
    request.authorization =
        R"(Digest username="abcdefgh", realm="MMS Public API", nonce=")" + attempt.nonce +
        R"(", uri=")" + attempt.uri + R"(", cnonce="0a4f113b", nc=)" + attempt.count +
        ", qop=" + attempt.qop + R"(, response=")" + response + R"(", algorithm=)" + algorithm();
    return still_.ask(request);
  }

  static std::string stale(const Answer& answer) {
    return digest_parameters(header(answer, "WWW-Authenticate"))["stale"];
  }

  StillAtlas still_{key_scenario(algorithm())};
};

TEST_P(DigestTest, ChallengesAsRecorded) {
  const Answer answer = still_.ask(get_request(kJobs));
  const std::string challenge = header(answer, "WWW-Authenticate");
  const std::string nonce = digest_parameters(challenge)["nonce"];
  EXPECT_EQ(nonce.size(), 32U);
  EXPECT_EQ(challenge, "Digest realm=\"MMS Public API\", domain=\"\", nonce=\"" + nonce +
                           "\", algorithm=" + algorithm() + ", qop=\"auth\", stale=false");
  EXPECT_EQ(YAML::Load(answer.body)["errorCode"].as<std::string>(), "UNEXPECTED_ERROR");
  EXPECT_EQ(header(answer, "RateLimit-Limit"), "");
}

TEST_P(DigestTest, LetsInWithARisingCount) {
  const std::string nonce = challenge()["nonce"];
  EXPECT_EQ(try_with({nonce}).status, 200);
  EXPECT_EQ(try_with({.nonce = nonce, .count = "00000005"}).status, 200);
  EXPECT_EQ(still_.atlas.counts().digest_challenges, 1);
}

TEST_P(DigestTest, RefusesARepeatedCountForGood) {
  const std::string nonce = challenge()["nonce"];
  EXPECT_EQ(try_with({.nonce = nonce, .count = "00000002"}).status, 200);
  const Answer again = try_with({.nonce = nonce, .count = "00000002"});
  EXPECT_EQ(again.status, 401);
  EXPECT_EQ(stale(again), "false");
  EXPECT_EQ(still_.atlas.counts().nonce_replays, 1);
}

TEST_P(DigestTest, RefusesACountThatStartsAtZero) {
  const Answer answer = try_with({.nonce = challenge()["nonce"], .count = "00000000"});
  EXPECT_EQ(answer.status, 401);
}

TEST_P(DigestTest, RefusesAWrongKeyAndSaysNotStale) {
  const Answer answer = try_with({.nonce = challenge()["nonce"], .password = "wrong"});
  EXPECT_EQ(answer.status, 401);
  EXPECT_EQ(stale(answer), "false");
}

TEST_P(DigestTest, RefusesADigestOverAnotherTarget) {
  EXPECT_EQ(try_with({.nonce = challenge()["nonce"], .uri = kJobs + "?pageNum=2"}).status, 401);
}

TEST_P(DigestTest, RefusesAnotherQuality) {
  EXPECT_EQ(try_with({.nonce = challenge()["nonce"], .qop = "auth-int"}).status, 401);
}

TEST_P(DigestTest, AnOldNonceIsStale) {
  const std::string nonce = challenge()["nonce"];
  still_.atlas.advance(31s);
  const Answer answer = try_with({nonce});
  EXPECT_EQ(answer.status, 401);
  EXPECT_EQ(stale(answer), "true");
  const std::string fresh = digest_parameters(header(answer, "WWW-Authenticate"))["nonce"];
  EXPECT_EQ(try_with({fresh}).status, 200);
  EXPECT_EQ(still_.atlas.counts().stale_challenges, 1);
}

TEST_P(DigestTest, AWornOutNonceIsStale) {
  const std::string nonce = challenge()["nonce"];
  for (const char* count : {"00000001", "00000002", "00000003"}) {
    EXPECT_EQ(try_with({.nonce = nonce, .count = count}).status, 200) << count;
  }
  EXPECT_EQ(stale(try_with({.nonce = nonce, .count = "00000004"})), "true");
}

TEST_P(DigestTest, SecretsChangeWithoutTheNonce) {
  const std::string nonce = challenge()["nonce"];
  EXPECT_EQ(try_with({nonce}).status, 200);
  still_.atlas.change({"key-a", {"SECRETKEY-1", "SECRETKEY-2"}});
  EXPECT_EQ(try_with({.nonce = nonce, .count = "00000002"}).status, 200);
  EXPECT_EQ(try_with({.nonce = nonce, .password = "SECRETKEY-2", .count = "00000003"}).status, 200);
  still_.atlas.change({"key-a", {"SECRETKEY-2"}});
  const std::string fresh = challenge()["nonce"];
  EXPECT_EQ(try_with({fresh}).status, 401);
  EXPECT_EQ(try_with({.nonce = fresh, .password = "SECRETKEY-2"}).status, 200);
}

INSTANTIATE_TEST_SUITE_P(Algorithms, DigestTest, testing::Values(HashKind::Md5, HashKind::Sha256),
                         [](const auto& kind) {
                           return std::string(kind.param == HashKind::Md5 ? "Md5" : "Sha256");
                         });

// The worked example of RFC 7616, 3.9.1: neither we nor the daemon chose these values.
TEST(DigestResponseTest, AgreesWithTheExampleOfTheRfc) {
  const std::map<std::string, std::string> parameters{
      {"username", "Mufasa"},
      {"realm", "http-auth@example.org"},
      {"nonce", "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"},
      {"uri", "/dir/index.html"},
      {"nc", "00000001"},
      {"cnonce", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"}};
  EXPECT_EQ(digest_response(parameters, HashKind::Md5, "GET", "Circle of Life"),
            "8ca523f5e9506fed4657c9700eebdbec");
  EXPECT_EQ(digest_response(parameters, HashKind::Sha256, "GET", "Circle of Life"),
            "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
}

std::string account_scenario(const std::string& more = "") {
  return more +
         "credentials:\n  - {name: sa-a, client_id: mdb_sa_id_0123, "
         "client_secret: SECRETCLIENT-1, token_lifetime: 10m}\n" +
         open_scenario("          - {at: 0s, end: never}\n");
}

ApiRequest token_request() {
  ApiRequest request;
  request.method = "POST";
  request.path = request.target = "/api/oauth/token";
  request.authorization = "Basic " + base64("mdb_sa_id_0123:SECRETCLIENT-1");
  request.content_type = "application/x-www-form-urlencoded";
  request.body = "grant_type=client_credentials";
  return request;
}

std::string token_of(const Answer& answer) {
  return YAML::Load(answer.body)["access_token"].as<std::string>();
}

Answer list_with(StillAtlas& still, const std::string& token) {
  ApiRequest request = get_request(kJobs);
  request.authorization = "Bearer " + token;
  return still.ask(request);
}

TEST(TokenTest, ATokenOpensTheApiUntilItExpires) {
  StillAtlas still(account_scenario());
  const Answer answer = still.ask(token_request());
  ASSERT_EQ(answer.status, 200);
  const YAML::Node body = YAML::Load(answer.body);
  EXPECT_EQ(body["token_type"].as<std::string>(), "Bearer");
  EXPECT_EQ(body["expires_in"].as<int>(), 600);
  const std::string token = token_of(answer);
  EXPECT_NE(token.find("SECRETTOKEN"), std::string::npos);
  EXPECT_EQ(list_with(still, token).status, 200);
  still.atlas.advance(599s);
  EXPECT_EQ(list_with(still, token).status, 200);
  still.atlas.advance(1s);
  EXPECT_EQ(list_with(still, token).status, 401);
  EXPECT_EQ(list_with(still, "made-up").status, 401);
}

int token_status(StillAtlas& still, const std::string& secret) {
  ApiRequest request = token_request();
  request.authorization = "Basic " + base64("mdb_sa_id_0123:" + secret);
  return still.ask(request).status;
}

TEST(TokenTest, SecretsChangeAndTokensGoOnUnlessTheyAreRevoked) {
  StillAtlas still(account_scenario());
  const std::string token = token_of(still.ask(token_request()));
  still.atlas.change({"sa-a", {"SECRETCLIENT-2", "SECRETCLIENT-1"}});
  EXPECT_EQ(token_status(still, "SECRETCLIENT-1"), 200);
  EXPECT_EQ(token_status(still, "SECRETCLIENT-2"), 200);
  still.atlas.change({"sa-a", {"SECRETCLIENT-2"}});
  EXPECT_EQ(token_status(still, "SECRETCLIENT-1"), 401);
  EXPECT_EQ(list_with(still, token).status, 200);
  still.atlas.change({"sa-a", {"SECRETCLIENT-2"}, /*revoke_tokens=*/true});
  EXPECT_EQ(list_with(still, token).status, 401);
  EXPECT_EQ(token_status(still, "SECRETCLIENT-2"), 200);
}

TEST(TokenTest, SecretsOfNobodyCannotChange) {
  StillAtlas still(account_scenario());
  EXPECT_THROW(still.atlas.change({"nobody", {"x"}}), ActionRefused);
}

struct BadTokenRequest {
  const char* name;
  void (*spoil)(ApiRequest&);
  int status;
  const char* error;
};

class BadTokenRequestTest : public testing::TestWithParam<BadTokenRequest> {};

TEST_P(BadTokenRequestTest, IsRefusedInTheShapeOfOAuth) {
  StillAtlas still(account_scenario());
  ApiRequest request = token_request();
  GetParam().spoil(request);
  const Answer answer = still.ask(request);
  EXPECT_EQ(answer.status, GetParam().status);
  EXPECT_EQ(YAML::Load(answer.body)["error"].as<std::string>(), GetParam().error);
  EXPECT_EQ(still.atlas.counts().tokens_issued, 0);
}

INSTANTIATE_TEST_SUITE_P(
    Reasons, BadTokenRequestTest,
    testing::Values(
        BadTokenRequest{"NoClient", [](ApiRequest& request) { request.authorization.clear(); }, 401,
                        "invalid_client"},
        BadTokenRequest{"WrongSecret",
                        [](ApiRequest& request) {
                          request.authorization = "Basic " + base64("mdb_sa_id_0123:wrong");
                        },
                        401, "invalid_client"},
        BadTokenRequest{"NotBase64",
                        [](ApiRequest& request) { request.authorization = "Basic ???"; }, 401,
                        "invalid_client"},
        BadTokenRequest{"NoForm",
                        [](ApiRequest& request) { request.content_type = "application/json"; }, 400,
                        "invalid_request"},
        BadTokenRequest{"NoGrant", [](ApiRequest& request) { request.body = "scope=x"; }, 400,
                        "invalid_request"},
        BadTokenRequest{"OtherGrant",
                        [](ApiRequest& request) { request.body = "grant_type=password"; }, 400,
                        "unsupported_grant_type"}),
    [](const auto& bad) { return std::string(bad.param.name); });

TEST(TokenTest, OnlyAHundredTokensAreAliveAtATime) {
  StillAtlas still(account_scenario());
  std::set<std::string> tokens;
  for (int i = 0; i < 100; ++i) tokens.insert(token_of(still.ask(token_request())));
  EXPECT_EQ(tokens.size(), 100U);
  const Answer refused = still.ask(token_request());
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(YAML::Load(refused.body)["error"].as<std::string>(), "access_denied");
  still.atlas.advance(10min);
  EXPECT_EQ(still.ask(token_request()).status, 200);
}

TEST(TokenTest, TooManyTokenRequestsAreRefusedInTheShapeOfAtlas) {
  StillAtlas still(account_scenario("tokens_per_minute: 2\n"));
  EXPECT_EQ(still.ask(token_request()).status, 200);
  EXPECT_EQ(still.ask(token_request()).status, 200);
  const Answer refused = still.ask(token_request());
  EXPECT_EQ(refused.status, 429);
  const YAML::Node body = YAML::Load(refused.body);
  EXPECT_EQ(body["errorCode"].as<std::string>(), "RATE_LIMITED");
  EXPECT_EQ(body["parameters"][1].as<int>(), 2);
  still.atlas.advance(30s);
  EXPECT_EQ(still.ask(token_request()).status, 200);
}

class DeniedTest : public testing::TestWithParam<int> {};

TEST_P(DeniedTest, AValidCredentialWithoutTheRoleIsDenied) {
  const std::string status = std::to_string(GetParam());
  StillAtlas still("denied: " + status +
                   "\n"
                   "credentials:\n"
                   "  - {name: sa-a, client_id: mdb_sa_id_0123, client_secret: SECRETCLIENT-1}\n"
                   "  - {name: other, client_id: x, client_secret: y}\n"
                   "projects:\n"
                   "  - {id: 5b69d0349b15c62cdfc38b78, credentials: [other]}\n");
  const Answer answer = list_with(still, token_of(still.ask(token_request())));
  EXPECT_EQ(answer.status, GetParam());
  EXPECT_EQ(header(answer, "X-Error-Code"), "USER_UNAUTHORIZED");
  EXPECT_EQ(header(answer, "WWW-Authenticate"), "");
}

INSTANTIATE_TEST_SUITE_P(Statuses, DeniedTest, testing::Values(401, 403));

}  // namespace
}  // namespace atlas_simulator
