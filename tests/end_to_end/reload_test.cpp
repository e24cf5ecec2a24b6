// The configuration changes under a daemon that runs.

#include "end_to_end/discovery_fixture.h"
#include "store/database.h"
#include "store/query.h"

namespace restorewatch {
namespace {

constexpr const char* kSuccessful = "restorewatch_config_last_reload_successful";
constexpr const char* kSince = "restorewatch_config_last_reload_success_timestamp_seconds";

constexpr const char* kBank = R"(  - id: 6a79a0005f1c2b3d4e5f6071
    name: bank
    clusters:
      - {name: vault, jobs: [{at: -1h, takes: 1m, end: failed}]}
)";

constexpr const char* kShopProject =
    "  - {id: 5b69d0349b15c62cdfc38b78, clusters: [{name: prod}, {name: small, tier: flex}]}";
constexpr const char* kShopWithoutSmall =
    "  - {id: 5b69d0349b15c62cdfc38b78, clusters: [{name: prod}]}";
constexpr const char* kBankProject = "\n  - {id: 6a79a0005f1c2b3d4e5f6071}";

class ReloadEndToEnd : public DiscoveryEndToEnd {
 protected:
  void start(const std::string& more = "", std::vector<std::string> arguments = {}) {
    set(std::string(kAccounts) + kClusters + kBank);
    settings_ = settings(more, kShopProject);
    settings_.arguments = std::move(arguments);
    stage_->start_daemon(settings_);
    ASSERT_TRUE(eventually([&] { return targets_up() == 3; })) << log();
  }

  void configure() { stage_->configure(settings_); }
  void hang_up() { stage_->daemon().signal(SIGHUP); }
  bool says(double successful) {
    return eventually([&] { return stage_->shows(kSuccessful, {}, successful); });
  }
  bool polls_go_on() {
    const std::int64_t before = lists(200);
    return eventually([&] { return lists(200) > before + 6; });
  }
  double loaded_at() { return stage_->metric(kSince).at(""); }
  std::string log() { return stage_->daemon().err(); }

  void add_failure(const std::string& project, const std::string& cluster) {
    stage_->control("POST", "/_sim/jobs",
                    fmt::format("{{project: {}, cluster: {}, at: 0s, takes: 1ms, end: failed}}",
                                project, cluster));
  }

  /// What restores are judged by, from the beginning.
  std::vector<std::string> rules_in_the_journal() const {
    auto database = Database::open(stage_->folder().file("store.db"), Database::Mode::ReadOnly);
    std::vector<std::string> rules;
    if (!database) return rules;
    Statement statement = database->prepare("SELECT detail FROM journal WHERE kind = 13");
    for (Query query(statement); query.next();) rules.emplace_back(query.get_text());
    return rules;
  }

  Stage::DaemonSettings settings_;
};

TEST_F(ReloadEndToEnd, SighupAddsAProjectRemovesAClusterAndChangesAnInterval) {
  start();
  const double before = loaded_at();
  settings_.projects = std::string(kShopWithoutSmall) + kBankProject;
  settings_.poll = "{interval: 200ms, collection_interval: 200ms, lost_after: 5s}";
  configure();
  hang_up();
  ASSERT_TRUE(eventually([&] {
    return stage_->shows(kUp, {"\"vault\"", "\"dedicated\""}, 1);
  })) << log();
  EXPECT_FALSE(stage_->shows(kUp, {"\"small\""}, 1));
  EXPECT_TRUE(stage_->shows(kUp, {"\"prod\""}, 1));
  EXPECT_TRUE(stage_->shows("restorewatch_poll_interval_seconds", {}, 0.2));
  EXPECT_TRUE(stage_->shows(kSuccessful, {}, 1));
  EXPECT_GT(loaded_at(), before);
  EXPECT_NE(line_with(log(), {"the configuration is taken over", "projects, poll"}), "") << log();
  // What the new target did before is no news, what it does now is.
  EXPECT_FALSE(has_event_of("vault"));
  add_failure("bank", "vault");
  EXPECT_TRUE(eventually([&] {
    return stage_->shows(kFinished, {"\"vault\"", "outcome=\"failed\""}, 1);
  })) << log();
}

TEST_F(ReloadEndToEnd, ABrokenFileChangesNothingUntilItIsMended) {
  start();
  const double before = loaded_at();
  settings_.projects = kShopWithoutSmall;
  settings_.poll = "{interval: never}";
  settings_.more = "nonsense: 1\n";
  configure();
  hang_up();
  ASSERT_TRUE(says(0)) << log();
  for (const char* key : {"poll.interval: ", "nonsense: "}) {
    const std::string line = line_with(log(), {"the configuration is refused", key});
    EXPECT_NE(line.find("restorewatch.yaml:"), std::string::npos) << log();
  }
  EXPECT_EQ(loaded_at(), before);
  EXPECT_TRUE(polls_go_on());
  EXPECT_EQ(targets_up(), 3U);
  settings_.poll = kQuick;
  settings_.more = "";
  configure();
  hang_up();
  ASSERT_TRUE(says(1)) << log();
  EXPECT_TRUE(eventually([&] { return targets_up() == 2; }));
}

TEST_F(ReloadEndToEnd, PostReloadsWhereThatIsEnabled) {
  start();
  EXPECT_EQ(stage_->post("/-/reload").first, 403);
  settings_.more = "web: {}\n";  // twice: the other one is the stage's
  configure();
  hang_up();
  ASSERT_TRUE(says(0));
  settings_.more = "discovery: {interval: 300ms}\n";
  settings_.lifecycle = true;
  configure();
  hang_up();
  ASSERT_TRUE(says(1));
  EXPECT_EQ(stage_->post("/-/reload").first, 200);
  EXPECT_FALSE(stage_->get("/-/reload"));
  settings_.poll = "{interval: never}";
  configure();
  const auto [status, problems] = stage_->post("/-/reload");
  EXPECT_EQ(status, 500);
  EXPECT_NE(line_with(problems, {stage_->config_file() + ":", "poll.interval: "}), "") << problems;
  EXPECT_TRUE(says(0));
  settings_.poll = kQuick;
  settings_.lifecycle = false;
  configure();
  EXPECT_EQ(stage_->post("/-/reload").first, 200);
  EXPECT_EQ(stage_->post("/-/reload").first, 403);  // it has closed the door behind itself
}

TEST_F(ReloadEndToEnd, FlagsWinAsTheyDidAtTheStart) {
  start("", {"--web.enable-lifecycle", "--log.level=info"});
  settings_.more = "log: {level: error}\n";
  settings_.projects = kShopWithoutSmall;
  configure();
  EXPECT_EQ(stage_->post("/-/reload").first, 200);
  EXPECT_TRUE(eventually([&] { return targets_up() == 2; }));
  EXPECT_EQ(stage_->post("/-/reload").first, 200);
  EXPECT_EQ(count_lines(log(), "the configuration is taken over"), 2) << log();
}

TEST_F(ReloadEndToEnd, ObjectivesFollow) {
  constexpr const char* kDrills = "mongodbatlas_restore_objective_drill_interval_seconds";
  constexpr const char* kDuration = "mongodbatlas_restore_objective_duration_seconds";
  start("objectives: [{cluster: prod, drill_interval: 30d}]\n", {"--web.enable-lifecycle"});
  EXPECT_TRUE(eventually([&] { return stage_->shows(kDrills, {"\"prod\""}, 2592000); }));
  EXPECT_FALSE(stage_->shows(kDrills, {"\"small\""}, 2592000));
  settings_.more = "objectives: [{cluster: small, drill_interval: 7d, restore_duration: 90s}]\n";
  configure();
  EXPECT_EQ(stage_->post("/-/reload").first, 200);
  EXPECT_TRUE(eventually([&] { return stage_->shows(kDrills, {"\"small\""}, 604800); }));
  EXPECT_TRUE(stage_->shows(kDuration, {"\"small\""}, 90));
  EXPECT_FALSE(stage_->shows(kDrills, {"\"prod\""}, 2592000));
  settings_.more = "";
  configure();
  EXPECT_EQ(stage_->post("/-/reload").first, 200);
  EXPECT_TRUE(eventually([&] { return !stage_->shows(kDrills, {"\"small\""}, 604800); }));
  EXPECT_TRUE(eventually([&] { return rules_in_the_journal().size() == 3; }));
  EXPECT_EQ(
      rules_in_the_journal(),
      (std::vector<std::string>{R"({"objectives":[{"cluster":"prod","drill_interval":"30d"}]})",
                                R"({"objectives":[{"cluster":"small","drill_interval":"1w",)"
                                R"("restore_duration":"90s"}]})",
                                ""}));
}

TEST_F(ReloadEndToEnd, DrillsFollow) {
  const auto add_restore = [this](const char* target) {
    stage_->control("POST", "/_sim/jobs",
                    fmt::format("{{project: shop, cluster: prod, at: 0s, takes: 1ms, end: "
                                "completed, target_cluster: {}}}",
                                target));
  };
  const auto has_event = [this](const char* purpose, const char* target) {
    return eventually([&] {
      return !line_with(stage_->daemon().out(), {fmt::format("purpose={} ", purpose),
                                                 fmt::format("target_cluster={} ", target)})
                  .empty();
    });
  };
  start("drills: [{target_project: shop, target_cluster: \"drill-*\"}]\n",
        {"--web.enable-lifecycle"});
  add_restore("drill-1");
  add_restore("lab-1");
  EXPECT_TRUE(has_event("drill", "drill-1")) << stage_->daemon().out();
  EXPECT_TRUE(has_event("other", "lab-1")) << stage_->daemon().out();
  settings_.more = "drills: [{target_cluster: \"lab-*\"}]\n";
  configure();
  EXPECT_EQ(stage_->post("/-/reload").first, 200);
  add_restore("lab-2");
  add_restore("drill-2");
  EXPECT_TRUE(has_event("drill", "lab-2")) << stage_->daemon().out();
  EXPECT_TRUE(has_event("other", "drill-2")) << stage_->daemon().out();
}

TEST_F(ReloadEndToEnd, PoliciesFollow) {
  constexpr const char* kViolations = "mongodbatlas_restore_policy_violations_total";
  start("", {"--web.enable-lifecycle"});
  EXPECT_FALSE(stage_->shows(kViolations, {"\"prod\""}, 0));
  settings_.more = "policies: [{project: shop, protect_target: true}]\n";
  configure();
  EXPECT_EQ(stage_->post("/-/reload").first, 200);
  const std::vector<std::string> rule{"\"prod\"", "protected_target"};
  EXPECT_TRUE(eventually([&] { return stage_->shows(kViolations, rule, 0); }));
  stage_->control("POST", "/_sim/jobs",
                  "{project: shop, cluster: prod, at: 0s, takes: 1ms, end: completed}");
  EXPECT_TRUE(eventually([&] { return stage_->shows(kViolations, rule, 1); }));
  EXPECT_TRUE(eventually([&] {
    return !line_with(stage_->daemon().out(), {"level=error ", "violations=protected_target "})
                .empty();
  })) << stage_->daemon().out();
}

TEST_F(ReloadEndToEnd, TheLogFollows) {
  start("", {"--web.enable-lifecycle"});
  settings_.more = "log: {format: json}\n";
  configure();
  EXPECT_EQ(stage_->post("/-/reload").first, 200);
  EXPECT_NE(line_with(log(), {R"("msg":"the configuration is taken over")"}), "") << log();
  add_failure("shop", "prod");
  EXPECT_TRUE(eventually([&] {
    return std::ranges::any_of(stage_->event_log(), [](const std::string& line) {
      return line.starts_with("{") && line.find("\"prod\"") != std::string::npos;
    });
  }));
}

TEST_F(ReloadEndToEnd, WhatNeedsARestartIsRefusedAsAWhole) {
  start("", {"--web.enable-lifecycle"});
  settings_.projects = kShopWithoutSmall;
  settings_.store = "other.db";
  configure();
  const auto [status, problems] = stage_->post("/-/reload");
  EXPECT_EQ(status, 500);
  EXPECT_NE(line_with(problems, {"storage.path", "needs a restart"}), "") << problems;
  EXPECT_TRUE(polls_go_on());
  EXPECT_EQ(targets_up(), 3U);
  EXPECT_FALSE(std::filesystem::exists(stage_->folder().file("other.db")));
}

TEST_F(ReloadEndToEnd, ReloadingOftenLosesNothingAndRepeatsNothing) {
  start("", {"--web.enable-lifecycle"});
  constexpr int kRounds = 10;
  for (int round = 1; round <= kRounds; ++round) {
    settings_.projects = round % 2 == 0 ? kShopProject : kShopProject + std::string(kBankProject);
    settings_.poll =
        fmt::format("{{interval: {}ms, collection_interval: 300ms}}", 200 + 10 * round);
    configure();
    add_failure("shop", "prod");
    for (int i = 0; i < 5; ++i) EXPECT_EQ(stage_->post("/-/reload").first, 200);
  }
  const std::vector<std::string> failed{"\"prod\"", "outcome=\"failed\""};
  EXPECT_TRUE(eventually([&] { return stage_->shows(kFinished, failed, kRounds); })) << log();
  EXPECT_TRUE(polls_go_on());
  EXPECT_TRUE(stage_->shows(kFinished, failed, kRounds));
  stop_daemon();
  EXPECT_EQ(count_lines(stage_->daemon().out(), "to=failed"), kRounds);
}

TEST_F(ReloadEndToEnd, AStopDuringReloadsIsAStop) {
  start("", {"--web.enable-lifecycle"});
  std::jthread reloading([this](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      try {
        stage_->post("/-/reload");
      } catch (const std::exception&) {
        return;  // it has ended
      }
    }
  });
  ASSERT_TRUE(polls_go_on());
  stop_daemon();
}

}  // namespace
}  // namespace restorewatch
