// A credential's secret changes while it is in use, on both sides and in either order.

#include <algorithm>
#include <set>

#include "atlas/accounts.h"
#include "atlas/client_test_base.h"
#include "atlas/rotating_secret.h"

namespace restorewatch {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

const Secret kOld("hunter2");
const Secret kNew("hunter3");

class RotatingSecretTest : public testing::Test {
 protected:
  SteadyTime now_{std::chrono::hours(1)};
  RotatingSecret secret_{"main", kOld, Log()};
};

TEST_F(RotatingSecretTest, TheNewOneIsTriedFirst) {
  EXPECT_EQ(secret_.first_choice(now_), kOld);
  secret_.offer(kNew);
  EXPECT_EQ(secret_.first_choice(now_), kNew);
  EXPECT_EQ(secret_.other_than({kNew}), kOld);
  EXPECT_EQ(secret_.other_than({kNew, kOld}), std::nullopt);
}

TEST_F(RotatingSecretTest, OnceAcceptedTheOldOneIsForgotten) {
  secret_.offer(kNew);
  secret_.accepted(kNew);
  EXPECT_EQ(secret_.first_choice(now_), kNew);
  EXPECT_EQ(secret_.other_than({kNew}), std::nullopt);
}

TEST_F(RotatingSecretTest, ARefusedOneWaitsAMinute) {
  secret_.offer(kNew);
  secret_.refused(kNew, now_);
  secret_.accepted(kOld);
  EXPECT_EQ(secret_.first_choice(now_ + seconds(59)), kOld);
  EXPECT_EQ(secret_.other_than({kOld}), kNew);  // but not when the old one is refused
  EXPECT_EQ(secret_.first_choice(now_ + seconds(60)), kNew);
}

TEST_F(RotatingSecretTest, ANewerOfferReplacesARefusedOne) {
  secret_.offer(Secret("hal"));  // a half
  secret_.refused(Secret("hal"), now_);
  secret_.offer(kNew);
  EXPECT_EQ(secret_.first_choice(now_), kNew);
}

TEST_F(RotatingSecretTest, TheSameOfferAgainDoesNotShortenTheWait) {
  secret_.offer(kNew);
  secret_.refused(kNew, now_);
  secret_.offer(kNew);
  EXPECT_EQ(secret_.first_choice(now_), kOld);
}

TEST_F(RotatingSecretTest, TheOldOneAgainEndsTheChange) {
  secret_.offer(kNew);
  secret_.offer(kOld);
  EXPECT_EQ(secret_.first_choice(now_), kOld);
  EXPECT_EQ(secret_.other_than({kOld}), std::nullopt);
}

/// An Atlas that knows some secrets of one credential, "first": an API key or a service account.
class RotationTest : public ClientTest, public testing::WithParamInterface<bool> {
 protected:
  RotationTest() {
    if (uses_tokens()) options_.credentials[0].login = ServiceAccount{"client", kOld};
    client_.reconfigure(options_);
    transport_.set_script([this](const HttpRequest& request) { return answer(request); });
  }

  static bool uses_tokens() { return GetParam(); }

  HttpResponse answer(const HttpRequest& request) {
    if (const auto* digest = std::get_if<DigestLogin>(&request.login)) {
      return http(valid_.contains(digest->password.reveal()) ? 200 : 401, kEmpty);
    }
    if (const auto* basic = std::get_if<BasicLogin>(&request.login)) {
      if (!valid_.contains(basic->password.reveal())) {
        return http(401, R"({"error":"invalid_client"})");
      }
      const std::string token = basic->password.reveal() + "-" + std::to_string(++minted_);
      tokens_.insert(token);
      return token_answer(token, 600);
    }
    return http(tokens_.contains(std::get<BearerToken>(request.login).token.reveal()) ? 200 : 401,
                kEmpty);
  }

  void atlas_knows(const std::set<std::string>& secrets) {
    valid_ = secrets;
    if (secrets.contains(kOld.reveal())) return;
    std::erase_if(tokens_, [](const auto& token) { return token.starts_with(kOld.reveal()); });
  }
  void file_has(const Secret& secret) { client_.offer_secret("first", secret); }

  bool poll_succeeds() { return !list(target(Source::Dedicated)).error.has_value(); }

  /// A poll every 10 s for that long; false if one was lost.
  bool polls_succeed(seconds time) {
    bool all = true;
    for (int i = 0; i < time / seconds(10); ++i) {
      all = poll_succeeds() && all;
      loop_.run_for(seconds(10));
    }
    return all;
  }

  /// Logins that were tried with a secret since the last call.
  int logins_with(const Secret& secret) {
    int count = 0;
    const auto& all = transport_.requests();
    for (; seen_ < all.size(); ++seen_) {
      const auto* digest = std::get_if<DigestLogin>(&all[seen_].login);
      const auto* basic = std::get_if<BasicLogin>(&all[seen_].login);
      count += digest != nullptr && digest->password == secret ? 1 : 0;
      count += basic != nullptr && basic->password == secret ? 1 : 0;
    }
    return count;
  }

  static constexpr const char* kEmpty = R"({"results":[],"totalCount":0})";
  AtlasOptions options_ = options();
  std::set<std::string> valid_{kOld.reveal()};
  std::set<std::string> tokens_;
  int minted_ = 0;
  std::size_t seen_ = 0;
};

INSTANTIATE_TEST_SUITE_P(Logins, RotationTest, testing::Bool(), [](const auto& tokens) {
  return std::string(tokens.param ? "ServiceAccount" : "ApiKey");
});

TEST_P(RotationTest, AtlasFirst) {
  EXPECT_TRUE(polls_succeed(minutes(1)));
  atlas_knows({"hunter2", "hunter3"});
  EXPECT_TRUE(polls_succeed(minutes(20)));
  file_has(kNew);
  EXPECT_TRUE(polls_succeed(minutes(20)));
  atlas_knows({"hunter3"});
  EXPECT_TRUE(polls_succeed(minutes(20)));
}

TEST_P(RotationTest, TheFileFirst) {
  EXPECT_TRUE(polls_succeed(minutes(1)));
  file_has(kNew);
  EXPECT_TRUE(polls_succeed(minutes(20)));
  atlas_knows({"hunter2", "hunter3"});
  EXPECT_TRUE(polls_succeed(minutes(2)));
  atlas_knows({"hunter3"});
  EXPECT_TRUE(polls_succeed(minutes(20)));
}

TEST_P(RotationTest, TheFileFirstAndThenAtlasAllAtOnce) {
  EXPECT_TRUE(polls_succeed(minutes(1)));
  file_has(kNew);
  for (int i = 0; i < 30; ++i) {
    EXPECT_TRUE(polls_succeed(seconds(10 + i)));
  }
  atlas_knows({"hunter3"});
  EXPECT_TRUE(polls_succeed(minutes(20)));
}

TEST_P(RotationTest, AHalfWrittenFileLosesNoPoll) {
  EXPECT_TRUE(polls_succeed(minutes(1)));
  file_has(Secret("hun"));
  EXPECT_TRUE(polls_succeed(minutes(20)));
  atlas_knows({"hunter2", "hunter3"});
  file_has(kNew);
  EXPECT_TRUE(polls_succeed(minutes(20)));
  atlas_knows({"hunter3"});
  EXPECT_TRUE(polls_succeed(minutes(20)));
}

TEST_P(RotationTest, AReloadWithAnotherSecretIsARotationToo) {
  EXPECT_TRUE(polls_succeed(minutes(1)));
  if (uses_tokens()) {
    options_.credentials[0].login = ServiceAccount{"client", kNew};
  } else {
    options_.credentials[0].login = ApiKey{"first", kNew};
  }
  client_.reconfigure(options_);
  EXPECT_TRUE(polls_succeed(minutes(20)));
  atlas_knows({"hunter3"});
  EXPECT_TRUE(polls_succeed(minutes(20)));
}

TEST_P(RotationTest, ANewSecretThatIsRefusedIsTriedOnceAMinuteAtMost) {
  EXPECT_TRUE(poll_succeeds());
  file_has(kNew);
  logins_with(kNew);
  EXPECT_TRUE(polls_succeed(minutes(10)));
  EXPECT_LE(logins_with(kNew), 10);
}

TEST_P(RotationTest, AMendedSecretIsUsedAtTheNextPoll) {
  atlas_knows({"hunter3"});
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(poll_succeeds());
  file_has(kNew);
  EXPECT_TRUE(poll_succeeds());
}

TEST_P(RotationTest, BothWrongIsAnErrorAndNoLoop) {
  atlas_knows({"other"});
  file_has(kNew);
  const Listing listing = list(target(Source::Dedicated));
  ASSERT_TRUE(listing.error);
  EXPECT_EQ(listing.error->kind, ErrorKind::Unauthorized);
  EXPECT_EQ(transport_.requests().size(), 2U);
}

TEST_P(RotationTest, WhatIsUnderWayEndsWithTheCredentialItBeganWith) {
  EXPECT_TRUE(poll_succeeds());
  std::optional<Listing> listing;
  transport_.hold();
  client_.list(target(Source::Dedicated), {}, [&](Listing got) { listing = std::move(got); });
  AtlasOptions without = options_;
  without.credentials.erase(without.credentials.begin());
  client_.reconfigure(without);
  transport_.release();
  loop_.run();
  ASSERT_TRUE(listing);
  EXPECT_FALSE(listing->error);
  EXPECT_TRUE(poll_succeeds());  // a next page would still find it
  loop_.run_for(Accounts::kGrace);
  EXPECT_FALSE(poll_succeeds());
  EXPECT_TRUE(std::isnan(metric("restorewatch_credential_up", {{"credential", "first"}})));
}

using ReconfigureClientTest = RotationTest;
INSTANTIATE_TEST_SUITE_P(ServiceAccount, ReconfigureClientTest, testing::Values(true));

TEST_P(ReconfigureClientTest, TokensOfUnchangedCredentialsStay) {
  EXPECT_TRUE(poll_succeeds());
  for (int i = 0; i < 5; ++i) {
    client_.reconfigure(options_);
    EXPECT_TRUE(poll_succeeds());
  }
  EXPECT_EQ(token_requests(), 1U);
}

TEST_P(ReconfigureClientTest, ATokenMadeWithTheOldSecretGoesOn) {
  EXPECT_TRUE(poll_succeeds());
  file_has(kNew);
  EXPECT_TRUE(poll_succeeds());
  EXPECT_EQ(token_requests(), 1U);
}

TEST_P(ReconfigureClientTest, AnotherClientIdMeansAnotherToken) {
  EXPECT_TRUE(poll_succeeds());
  options_.credentials[0].login = ServiceAccount{"another", kOld};
  client_.reconfigure(options_);
  EXPECT_TRUE(poll_succeeds());
  EXPECT_EQ(token_requests(), 2U);
}

TEST_P(ReconfigureClientTest, ARenewalUnderWayMayOutliveItsCredential) {
  EXPECT_TRUE(poll_succeeds());
  loop_.run_for(minutes(9));  // a renewal is due, and the token still good
  transport_.hold();
  client_.list(target(Source::Dedicated), {}, [](const Listing&) {});
  AtlasOptions without = options_;
  without.credentials.erase(without.credentials.begin());
  client_.reconfigure(without);
  loop_.run_for(Accounts::kGrace * 2);
  transport_.release();
  loop_.run();
  loop_.run_for(Accounts::kGrace * 2);
  EXPECT_FALSE(poll_succeeds());
}

TEST_P(ReconfigureClientTest, TimeOutAndPageSizeCountFromTheNextRequest) {
  options_.request_timeout = seconds(7);
  options_.page_size = 77;
  options_.base_url = "https://elsewhere.example.net";  // does not change in place
  client_.reconfigure(options_);
  EXPECT_TRUE(poll_succeeds());
  for (const HttpRequest& request : transport_.requests()) EXPECT_EQ(request.timeout, seconds(7));
  EXPECT_NE(transport_.requests().back().url.find("itemsPerPage=77"), std::string::npos);
}

}  // namespace
}  // namespace restorewatch
