#include "web/file_access.h"

#include <gtest/gtest.h>

#include "base/base64.h"
#include "fakes/fake_clock.h"
#include "fakes/fake_loop.h"
#include "web/handshake.h"

namespace restorewatch {
namespace {

using namespace std::chrono_literals;

class FileAccessTest : public testing::Test {
 protected:
  FileAccessTest() {
    testing::internal::CaptureStderr();
    reading_.rules.emplace();
  }
  ~FileAccessTest() override { testing::internal::GetCapturedStderr(); }

  /// What was logged since the last call.
  std::string log() {
    std::string text = testing::internal::GetCapturedStderr();
    testing::internal::CaptureStderr();
    return text;
  }

  void create() {
    auto made =
        FileAccess::create({clock_, telemetry_, Log(clock_, {}), [this] { return reading_; },
                            [](const auto&, const auto&) { return false; }});
    ASSERT_TRUE(made) << made.error().detail;
    access_ = *std::move(made);
  }

  void break_it(const std::string& problem) { reading_ = {{}, {problem}, {}}; }

  Admission answer() {
    std::optional<Admission> admission;
    access_->admit("", [&](Admission given) { admission = given; });
    return *admission;
  }

  std::optional<double> shown(const std::string& name) {
    for (const auto& family : telemetry_.registry().Collect()) {
      if (family.name == name && !family.metric.empty()) return family.metric[0].gauge.value;
    }
    return std::nullopt;
  }

  TlsRules tls_rules(int days = 1) {
    const TestIdentity server = make_identity({.name = "server", .days = days});
    TlsRules rules;
    rules.certificate = server.certificate;
    rules.key = Secret(server.key);
    return rules;
  }

  ManualClock clock_;
  FakeLoop loop_{clock_};
  Telemetry telemetry_;
  WebReading reading_;
  std::unique_ptr<FileAccess> access_;
};

constexpr const char* kUsable = "restorewatch_web_config_last_reload_successful";
constexpr const char* kExpiry = "restorewatch_http_certificate_expiry_timestamp_seconds";

TEST_F(FileAccessTest, WithoutRulesEverybodyComesInOverPlainHttp) {
  create();
  EXPECT_EQ(access_->tls(), nullptr);
  EXPECT_TRUE(access_->headers()->empty());
  EXPECT_EQ(answer(), Admission::Admitted);
  EXPECT_EQ(shown(kUsable), 1);
  EXPECT_EQ(shown(kExpiry), std::nullopt);
}

TEST_F(FileAccessTest, AFileThatCannotBeUsedIsNoStart) {
  break_it("web.yaml:1:1: bad");
  const auto made = FileAccess::create(
      {clock_, telemetry_, Log(), [this] { return reading_; }, [](auto&, auto&) { return true; }});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().kind, ErrorKind::BadConfig);
  EXPECT_EQ(made.error().detail, "web.yaml:1:1: bad");
}

TEST_F(FileAccessTest, TakesOverWhatTheFileSaysNow) {
  create();
  access_->watch(loop_);
  reading_.rules->users = {{"alice", "$2y$04$" + std::string(53, 'a')}};
  reading_.rules->headers = {{"X-Frame-Options", "deny"}};
  reading_.rules->tls = tls_rules();
  EXPECT_EQ(answer(), Admission::Admitted);
  loop_.run_for(FileAccess::kEvery);
  EXPECT_EQ(answer(), Admission::Unauthorized);
  EXPECT_EQ(*access_->headers(), (WebHeaders{{"X-Frame-Options", "deny"}}));
  ASSERT_NE(access_->tls(), nullptr);
  EXPECT_TRUE(meet(*access_->tls(), {}).agreed);
  EXPECT_TRUE(shown(kExpiry));
  reading_.rules->tls.reset();
  reading_.rules->users.clear();
  loop_.run_for(FileAccess::kEvery);
  EXPECT_EQ(access_->tls(), nullptr);
  EXPECT_EQ(answer(), Admission::Admitted);
  EXPECT_EQ(shown(kExpiry), std::nullopt);
}

TEST_F(FileAccessTest, ContextsAreMadeAnewOnlyWhereSomethingOfThemChanged) {
  reading_.rules->tls = tls_rules(1);
  create();
  const auto first = access_->tls();
  EXPECT_TRUE(access_->look().empty());
  EXPECT_EQ(access_->tls(), first);
  reading_.rules->headers = {{"X-Frame-Options", "deny"}};
  access_->look();
  EXPECT_EQ(access_->tls(), first) << "only the headers have changed";
  const auto expiry = shown(kExpiry);
  reading_.rules->tls = tls_rules(9);
  access_->look();
  EXPECT_NE(access_->tls(), first);
  EXPECT_GT(shown(kExpiry), expiry);
  EXPECT_TRUE(meet(*first, {}).agreed) << "who began with it may finish";
}

TEST_F(FileAccessTest, ABrokenVersionChangesNothingAndIsToldOnce) {
  reading_.rules->tls = tls_rules();
  create();
  const WebReading good = reading_;
  const auto context = access_->tls();
  log();
  break_it("web.yaml:1:1: bad");
  EXPECT_EQ(access_->look(), std::vector<std::string>{"web.yaml:1:1: bad"});
  EXPECT_NE(log().find("problem=\"web.yaml:1:1: bad\""), std::string::npos);
  EXPECT_EQ(shown(kUsable), 0);
  access_->look();
  EXPECT_EQ(log(), "");
  EXPECT_EQ(access_->tls(), context);
  reading_ = good;
  EXPECT_TRUE(access_->look().empty());
  EXPECT_NE(log().find("can be used again"), std::string::npos);
  EXPECT_EQ(shown(kUsable), 1);
  EXPECT_EQ(access_->tls(), context);
}

TEST_F(FileAccessTest, WhatIsFoundWhenItIsUsedNamesItsFile) {
  create();
  reading_.file = "web.yaml: ";
  reading_.rules->tls = TlsRules{};
  const std::vector<std::string> problems = access_->look();
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_TRUE(problems.front().starts_with("web.yaml: tls_server_config.")) << problems.front();
}

TEST_F(FileAccessTest, AKeyThatDoesNotFitChangesNothingEither) {
  reading_.rules->tls = tls_rules();
  create();
  const auto context = access_->tls();
  reading_.rules->tls->key = tls_rules().key;  // a certificate that is renewed before its key is
  reading_.rules->users = {{"alice", "$2y$04$" + std::string(53, 'a')}};
  EXPECT_EQ(access_->look().size(), 1U);
  EXPECT_EQ(access_->tls(), context);
  EXPECT_EQ(answer(), Admission::Admitted);
  EXPECT_EQ(shown(kUsable), 0);
}

TEST_F(FileAccessTest, RequestsOfEverybodyTogetherAreLimited) {
  reading_.rules->rate = RateRules{1s, 3};
  create();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(answer(), Admission::Admitted);
  EXPECT_EQ(answer(), Admission::Busy);
  reading_.rules->headers = {{"X-Frame-Options", "deny"}};
  access_->look();
  EXPECT_EQ(answer(), Admission::Busy) << "another header is no new allowance";
  clock_.advance(1s);
  EXPECT_EQ(answer(), Admission::Admitted);
  EXPECT_EQ(answer(), Admission::Busy);
  reading_.rules->rate.reset();
  access_->look();
  EXPECT_EQ(answer(), Admission::Admitted);
}

TEST_F(FileAccessTest, AfterStopItLooksNoMore) {
  create();
  access_->watch(loop_);
  access_->stop();
  break_it("bad");
  loop_.run_for(10 * FileAccess::kEvery);
  EXPECT_EQ(shown(kUsable), 1);
  EXPECT_EQ(loop_.timers(), 0U);
}

}  // namespace
}  // namespace restorewatch
