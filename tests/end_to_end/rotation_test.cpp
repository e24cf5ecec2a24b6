// A secret is changed in Atlas and in its file while the daemon runs, in either order.

#include "end_to_end/discovery_fixture.h"

namespace restorewatch {
namespace {

constexpr const char* kScenario = R"(projects:
  - id: 5b69d0349b15c62cdfc38b78
    name: shop
    clusters:
      - {name: prod, jobs: [{at: -1h, takes: 1m, end: completed}]}
)";
constexpr const char* kNewSecret = "SECRET-e2e-0002";

class RotationEndToEnd : public DiscoveryEndToEnd, public testing::WithParamInterface<Login> {
 protected:
  RotationEndToEnd() {
    stage_ = std::make_unique<Stage>(GetParam(), kScenario);
    stage_->start_daemon({.poll = kQuick});
  }

  void atlas_knows(const std::string& secrets, bool revoke) {
    stage_->control("POST", "/_sim/secrets",
                    fmt::format("{{credential: {}, secrets: [{}], revoke_tokens: {}}}",
                                GetParam() == Login::Digest ? "key" : "account", secrets, revoke));
  }
  static std::string old_secret() {
    return GetParam() == Login::Digest ? "SECRETKEY-e2e-0001" : "SECRETCLIENT-e2e-0001";
  }
  bool log_says(const std::string& message) {
    return eventually([&] { return !line_with(stage_->daemon().err(), {message}).empty(); });
  }
  /// Many polls, none of them lost so far.
  bool no_poll_is_lost() {
    const std::int64_t before = lists(200);
    return eventually([&] { return lists(200) > before + 12; }) &&
           without_zeros(stage_->metric("restorewatch_poll_errors_total")).empty();
  }
  bool shows_no_secret() {
    const std::string all = stage_->all_outputs();
    return all.find(kNewSecret) == std::string::npos && all.find(old_secret()) == std::string::npos;
  }
};

INSTANTIATE_TEST_SUITE_P(Logins, RotationEndToEnd,
                         testing::Values(Login::Digest, Login::ServiceAccount),
                         [](const auto& login) {
                           return std::string(login.param == Login::Digest ? "ApiKey"
                                                                           : "ServiceAccount");
                         });

TEST_P(RotationEndToEnd, AtlasFirst) {
  ASSERT_TRUE(eventually([&] { return targets_up() == 2; })) << stage_->daemon().err();
  atlas_knows(old_secret() + ", " + kNewSecret, /*revoke=*/false);
  stage_->secret_file("secret", kNewSecret);
  EXPECT_TRUE(log_says("the new secret is accepted")) << stage_->daemon().err();
  EXPECT_TRUE(no_poll_is_lost()) << stage_->daemon().err();  // and the new token is in use
  atlas_knows(kNewSecret, /*revoke=*/true);
  EXPECT_TRUE(no_poll_is_lost()) << stage_->daemon().err();
  EXPECT_TRUE(shows_no_secret());
}

TEST_P(RotationEndToEnd, TheFileFirst) {
  ASSERT_TRUE(eventually([&] { return targets_up() == 2; })) << stage_->daemon().err();
  stage_->secret_file("secret", kNewSecret);
  EXPECT_TRUE(log_says("the new secret is refused")) << stage_->daemon().err();
  EXPECT_TRUE(no_poll_is_lost()) << stage_->daemon().err();
  atlas_knows(kNewSecret, /*revoke=*/true);
  EXPECT_TRUE(log_says("the new secret is accepted")) << stage_->daemon().err();
  EXPECT_TRUE(no_poll_is_lost()) << stage_->daemon().err();
  EXPECT_TRUE(shows_no_secret());
}

}  // namespace
}  // namespace restorewatch
