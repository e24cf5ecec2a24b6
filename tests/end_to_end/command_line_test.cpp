// The program as a person uses it: flags, exit codes, `check` and `once`.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <ostream>

#include "end_to_end/stage.h"

namespace restorewatch {
namespace {

using std::chrono::seconds;

constexpr const char* kScenario = R"(
projects:
  - id: 5b69d0349b15c62cdfc38b78
    name: prod-payments
    clusters:
      - {name: prod-a, jobs: [{at: -1h, takes: 1m, end: completed}]}
)";
constexpr const char* kProjects =
    "  - {id: 5b69d0349b15c62cdfc38b78, name: prod-payments, clusters: [{name: prod-a}]}";

TEST(CommandLine, OnceSweepsAndPrintsThePage) {
  Stage stage(Login::Digest, kScenario);
  stage.start_daemon({.projects = kProjects});
  stage.daemon().signal(SIGTERM);
  ASSERT_EQ(stage.daemon().wait(seconds(5)), 0) << stage.daemon().err();

  auto once = stage.run({"once"});
  EXPECT_EQ(once->wait(seconds(20)), 0) << once->err();
  EXPECT_NE(once->out().find("mongodbatlas_restore_target_up{"), std::string::npos);
  EXPECT_NE(once->out().find("state=\"completed\"} 1"), std::string::npos) << once->out();
  EXPECT_EQ(once->out().find("event="), std::string::npos);
}

TEST(CommandLine, OnceSaysThatATargetFailed) {
  Stage stage(Login::Digest, kScenario);
  stage.start_daemon({.projects = kProjects});
  stage.daemon().signal(SIGTERM);
  ASSERT_EQ(stage.daemon().wait(seconds(5)), 0);
  stage.control("POST", "/_sim/faults", "{kind: status, status: 500}");
  auto once = stage.run({"once"});
  EXPECT_EQ(once->wait(seconds(20)), 1);
  EXPECT_NE(once->out().find("mongodbatlas_restore_target_up"), std::string::npos);
}

TEST(CommandLine, ASecondDaemonOnTheStoreIsRefusedWithTheFirstOnesPid) {
  Stage stage(Login::Digest, kScenario);
  stage.start_daemon({.projects = kProjects});
  auto second = stage.run({"--web.listen-address=127.0.0.1:0"});
  EXPECT_EQ(second->wait(seconds(10)), 2);
  EXPECT_NE(second->err().find(fmt::format("in use by process {}", stage.daemon().pid())),
            std::string::npos)
      << second->err();
}

TEST(CommandLine, ATakenPortIsRefused) {
  Stage stage(Login::Digest, kScenario);
  stage.start_daemon({.projects = kProjects});
  auto second = stage.run({"--storage.path=" + stage.folder().file("other.db")});
  // The configuration was written with port 0; the running daemon's port is given instead.
  const auto address = stage.daemon().err();
  const auto from = address.rfind("127.0.0.1:");
  second =
      stage.run({"--storage.path=" + stage.folder().file("other.db"),
                 "--web.listen-address=" + address.substr(from, address.find('/', from) - from)});
  EXPECT_EQ(second->wait(seconds(10)), 2);
  EXPECT_NE(second->err().find("web.listen_address"), std::string::npos) << second->err();
}

TEST(CommandLine, HealthcheckTellsWhetherTheDaemonIsAlive) {
  Stage stage(Login::Digest, kScenario);
  stage.start_daemon({.projects = kProjects});
  const auto address = stage.daemon().err();
  const auto from = address.rfind("127.0.0.1:");
  const std::string flag =
      "--web.listen-address=" + address.substr(from, address.find('/', from) - from);
  std::filesystem::remove(stage.config_file());  // it is not needed, and so not read
  const std::vector<std::string> command{"healthcheck", flag};
  auto alive = stage.run(command);
  EXPECT_EQ(alive->wait(seconds(10)), 0) << alive->err();
  EXPECT_EQ(alive->out(), "alive: answers 200\n");
  stage.daemon().signal(SIGTERM);
  ASSERT_EQ(stage.daemon().wait(seconds(5)), 0);
  auto dead = stage.run(command);
  EXPECT_EQ(dead->wait(seconds(10)), 1);
  EXPECT_TRUE(dead->err().starts_with("not healthy: ")) << dead->err();
}

TEST(CommandLine, HealthcheckWithoutAnAddressAsksTheConfiguration) {
  Stage stage(Login::Digest, kScenario);
  stage.start_daemon({.projects = kProjects});  // its configuration says port 0
  auto asked = stage.run({"healthcheck"});
  EXPECT_EQ(asked->wait(seconds(10)), 1);
  EXPECT_NE(asked->err().find("port 0 is any free one"), std::string::npos) << asked->err();
}

TEST(CommandLine, StopsWithinFiveSecondsWhileAtlasHangs) {
  Stage stage(Login::Digest, kScenario);
  stage.control("POST", "/_sim/faults", "{kind: stall}");
  stage.start_daemon({.projects = kProjects, .request_timeout = "60s"});
  ASSERT_TRUE(eventually([&] {
    return stage.control("GET", "/_sim/requests").find("restoreJobs") != std::string::npos ||
           stage.control("GET", "/_sim/requests").find("list") != std::string::npos;
  }));
  stage.daemon().signal(SIGTERM);
  EXPECT_EQ(stage.daemon().wait(seconds(5)), 0) << stage.daemon().err();
}

TEST(CommandLine, StopsWithinFiveSecondsWhileAClientIsSlow) {
  Stage stage(Login::Digest, kScenario);
  stage.start_daemon({.projects = kProjects});
  ASSERT_TRUE(eventually([&] { return stage.get("/metrics").has_value(); }));
  const auto slow_client = stage.connect_and_send("GET /metrics HTTP/1.1\r\nHost: x\r\n");
  stage.daemon().signal(SIGTERM);
  EXPECT_EQ(stage.daemon().wait(seconds(5)), 0) << stage.daemon().err();
  EXPECT_NE(stage.daemon().err().find("msg=stopped"), std::string::npos);
}

TEST(CommandLine, OnceDoesNotWaitForAPauseThatAtlasAsksFor) {
  Stage stage(Login::Digest, kScenario);
  stage.start_daemon({.projects = kProjects});
  ASSERT_TRUE(
      eventually([&] { return stage.shows("mongodbatlas_restore_target_up", {"prod-a"}, 1); }));
  stage.daemon().signal(SIGTERM);
  ASSERT_EQ(stage.daemon().wait(seconds(5)), 0);
  stage.control("POST", "/_sim/faults", "{kind: status, status: 429, retry_after: 3600}");
  auto once = stage.run({"once"});
  EXPECT_EQ(once->wait(seconds(10)), 1) << once->err();
  // Discovery may be told to wait before any target has been looked at; a page there is all the
  // same.
  EXPECT_NE(once->out().find("restorewatch_build_info"), std::string::npos);
  EXPECT_NE(once->err().find("Atlas asks for fewer calls"), std::string::npos) << once->err();
}

TEST(CommandLine, ALogThatNobodyReadsStopsNothing) {
  Stage stage(Login::Digest, kScenario);
  stage.control("POST", "/_sim/faults", "{kind: status, status: 500, path: list, count: 1}");
  stage.start_daemon({.projects = kProjects, .unread_log = true});
  EXPECT_TRUE(
      eventually([&] { return stage.shows("mongodbatlas_restore_target_up", {"prod-a"}, 1); }));
  stage.daemon().signal(SIGTERM);
  EXPECT_EQ(stage.daemon().wait(seconds(5)), 0);
}

TEST(CommandLine, AClosedStandardOutputIsRefused) {
  const TemporaryFolder folder;
  Child child(
      {"/bin/sh", "-c",
       fmt::format("exec {}/restorewatch --config.file=/nonexistent.yaml >&-", RW_BINARY_DIR)},
      folder.file("child"));
  EXPECT_EQ(child.wait(seconds(10)), 2);
  EXPECT_NE(child.err().find("standard output is closed"), std::string::npos) << child.err();
}

TEST(CommandLine, HealthAndReadiness) {
  Stage stage(Login::Digest, kScenario);
  stage.start_daemon({.projects = kProjects});
  EXPECT_TRUE(eventually([&] { return stage.get("/-/ready").has_value(); }));
  EXPECT_TRUE(stage.get("/-/healthy").has_value());
  EXPECT_TRUE(stage.get("/").has_value());
}

struct UsageCase {
  std::string_view name;
  std::vector<std::string> arguments;
  int code;
  std::string says;  // somewhere in the output
};

void PrintTo(const UsageCase& row, std::ostream* out) {
  *out << row.name;
}

class Usage : public testing::TestWithParam<UsageCase> {};

TEST_P(Usage, EndsWithTheRightCode) {
  const TemporaryFolder folder;
  std::vector<std::string> arguments = GetParam().arguments;
  arguments.insert(arguments.begin(), std::string(RW_BINARY_DIR) + "/restorewatch");
  Child child(arguments, folder.file("child"));
  EXPECT_EQ(child.wait(seconds(10)), GetParam().code);
  EXPECT_NE((child.out() + child.err()).find(GetParam().says), std::string::npos)
      << child.out() << child.err();
}

INSTANTIATE_TEST_SUITE_P(
    Arguments, Usage,
    testing::Values(
        UsageCase{"Help", {"--help"}, 0, "--config.file"},
        UsageCase{"Version", {"--version"}, 0, "restorewatch 0."},
        UsageCase{"UnknownFlag", {"--frobnicate"}, 2, "frobnicate"},
        UsageCase{"UnknownCommand", {"explode"}, 2, "explode"},
        UsageCase{
            "MissingFile", {"check", "--config.file=/nonexistent.yaml"}, 2, "/nonexistent.yaml"},
        UsageCase{
            "MissingFileForTheDaemon", {"--config.file=/nonexistent.yaml"}, 2, "/nonexistent.yaml"},
        UsageCase{"BadLevel",
                  {"check", "--config.file=/nonexistent.yaml", "--log.level=loud"},
                  2,
                  "--log.level"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(Check, WarnsOfMoreCallsThanOurShare) {
  const TemporaryFolder folder;
  std::ofstream(folder.file("key")) << "private\n";
  std::ofstream(folder.file("greedy.yaml"))
      << "credentials: [{name: main, api_key: {public_key: abc, private_key_file: key}}]\n"
         "projects: [{id: 5b69d0349b15c62cdfc38b78, clusters: [{name: a}, {name: b}]}]\n"
         "poll: {interval: 1s, collection_interval: 1h, stale_after: 4h, rate_budget: 0.01}\n";
  Child child({std::string(RW_BINARY_DIR) + "/restorewatch", "check",
               "--config.file=" + folder.file("greedy.yaml")},
              folder.file("child"));
  EXPECT_EQ(child.wait(seconds(10)), 0);
  EXPECT_NE(child.err().find("greedy.yaml:3:77: poll.rate_budget: the clusters named in project "
                             "5b69d0349b15c62cdfc38b78 take 120.0 calls a minute"),
            std::string::npos)
      << child.err();
}

TEST(Check, NamesEveryMistakeWithItsPlace) {
  const TemporaryFolder folder;
  std::ofstream(folder.file("bad.yaml")) << "credentials: []\nprojects: 5\npol: {}\n";
  Child child({std::string(RW_BINARY_DIR) + "/restorewatch", "check",
               "--config.file=" + folder.file("bad.yaml")},
              folder.file("child"));
  EXPECT_EQ(child.wait(seconds(10)), 2);
  for (const char* place : {"bad.yaml:1:", "bad.yaml:2:", "bad.yaml:3:1: pol"}) {
    EXPECT_NE(child.err().find(place), std::string::npos) << child.err();
  }
}

}  // namespace
}  // namespace restorewatch
