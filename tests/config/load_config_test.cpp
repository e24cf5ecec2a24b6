#include "config/load_config.h"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config_folder.h"

namespace restorewatch {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kSmallest =
    "credentials: [{name: main, api_key: {public_key: abc, private_key_file: key}}]\n"
    "projects: [{id: 5b69d0349b15c62cdfc38b78, clusters: [{name: prod-a}]}]\n";

Config smallest(const std::string& key_file) {
  Config config;
  config.credentials = {{"main", ApiKey{"abc", Secret("private")}, {}, key_file}};
  config.projects = {{{*parse_object_id("5b69d0349b15c62cdfc38b78"), std::nullopt, "main",
                       std::vector<ClusterConfig>{{"prod-a"}}}}};
  return config;
}

class LoadConfigTest : public testing::Test {
 protected:
  LoadConfigTest() { folder_.write("key", "private\n"); }

  ConfigFolder folder_;
};

TEST_F(LoadConfigTest, FillsInTheDefaults) {
  const ConfigOutcome outcome = folder_.load(kSmallest);
  EXPECT_EQ(lines(outcome.problems), std::vector<std::string>{});
  ASSERT_TRUE(outcome.config);
  EXPECT_TRUE(*outcome.config == smallest(folder_.at("key")));
  EXPECT_TRUE(outcome.warnings.empty());
}

TEST_F(LoadConfigTest, TheExampleHoldsExactlyTheDefaults) {
  const std::string text = read_text_file(RW_SOURCE_DIR "/config/restorewatch.yaml");
  folder_.write("main.secret", "mdb_sa_sk_example\n");  // a bare name is looked up beside the file
  const ConfigOutcome outcome = folder_.load(text);
  EXPECT_EQ(lines(outcome.problems), std::vector<std::string>{});
  EXPECT_EQ(lines(outcome.warnings), std::vector<std::string>{});
  ASSERT_TRUE(outcome.config);
  Config expected;
  expected.credentials = {
      {"main",
       ServiceAccount{"mdb_sa_id_0123456789abcdef01234567", Secret("mdb_sa_sk_example")},
       {},
       folder_.at("main.secret")}};
  EXPECT_TRUE(*outcome.config == expected);
}

TEST_F(LoadConfigTest, EveryKeyIsRead) {
  folder_.write("ca.pem", "a certificate");
  const ConfigOutcome outcome = folder_.load(
      "atlas: {base_url: \"http://127.0.0.1:8080/\", ca_file: ca.pem,\n"
      "        proxy_url: http://proxy.example.net:3128, request_timeout: 5s, max_connections: 2}\n"
      "credentials:\n"
      "- {name: a, service_account: {client_id: id, client_secret_file: key}}\n"
      "- {name: b, org_id: 5B69D0349B15C62CDFC38B78,\n"
      "   api_key: {public_key: pub, private_key_file: ./key}}\n"
      "sources: [tenant, collection, serverless, flex]\n"
      "projects:\n"
      "- {id: AAAAAAAAAAAAAAAAAAAAAAAA, name: Zahlungen ü, credential: b,\n"
      "   clusters: [{name: x, tier: dedicated, api: v2}, {name: X-1},\n"
      "              {name: f, tier: flex}, {name: s, tier: serverless},\n"
      "              {name: t, tier: tenant, api: v1.0}, {name: d, api: v1.0}]}\n"
      "- {id: BBBBBBBBBBBBBBBBBBBBBBBB, credential: a}\n"
      "discovery:\n"
      "  interval: 1h\n"
      "  include: [{project: \"prod-*\"}, {cluster: \"*-?\", tags: {tier: gold, 12: true}}]\n"
      "  exclude: [{project_id: CCCCCCCCCCCCCCCCCCCCCCCC}]\n"
      "poll: {interval: 1s, collection_interval: 2m, active_interval: 100ms,\n"
      "       full_sweep_interval: 3h, rate_budget: 0.25, read_rate_limits: true,\n"
      "       stale_after: 1h30m, baseline_lookback: 1w, page_size: 7, lost_after: 1d}\n"
      "drills: [{target_project: \"dr-*\", target_cluster: \"drill-?\"}, {target_cluster: b},\n"
      "         {target_project: AAAAAAAAAAAAAAAAAAAAAAAA}]\n"
      "objectives:\n"
      "- {project: \"prod-*\", tags: {tier: gold}, drill_interval: 7d}\n"
      "- {cluster: a, restore_duration: 4h, recovery_point: 500ms}\n"
      "policies:\n"
      "- {project_id: AAAAAAAAAAAAAAAAAAAAAAAA, allow_download: false, protect_target: true,\n"
      "   allow_target_projects: [\"dr-*\", BBBBBBBBBBBBBBBBBBBBBBBB]}\n"
      "- {cluster: \"*\", allow_target_projects: []}\n"
      "storage: {path: store/jobs.db, retention: 2w}\n"
      "web: {listen_address: \"[::1]:0\", enable_lifecycle: true}\n"
      "log: {level: debug, format: json}\n"
      "events:\n"
      "  webhooks:\n"
      "  - {url: 'https://Hooks.example.net:8443/T0/x?y=%20', secret_file: key}\n"
      "  - {name: a.b_c-1, url: 'http://localhost:1', secret_file: key, timeout: 1s,\n"
      "     proxy_url: http://proxy.example.net:3128}\n"
      "metrics: {per_job_series: true, job_retention: 2h, max_job_series: 5}\n");
  EXPECT_EQ(lines(outcome.problems), std::vector<std::string>{});
  ASSERT_TRUE(outcome.config);

  Config expected;
  expected.atlas = {"http://127.0.0.1:8080", folder_.at("ca.pem"), "http://proxy.example.net:3128",
                    5s, 2};
  expected.credentials = {
      {"a", ServiceAccount{"id", Secret("private")}, {}, folder_.at("key")},
      {"b", ApiKey{"pub", Secret("private")}, "5b69d0349b15c62cdfc38b78", folder_.at("./key")}};
  expected.sources = {Source::Tenant, Source::Collection, Source::Serverless, Source::Flex};
  expected.projects = {{{*parse_object_id("aaaaaaaaaaaaaaaaaaaaaaaa"), "Zahlungen ü", "b",
                         std::vector<ClusterConfig>{{"x"},
                                                    {"X-1"},
                                                    {"f", Tier::Flex},
                                                    {"s", Tier::Serverless},
                                                    {"t", Tier::Tenant, ApiGeneration::V1},
                                                    {"d", Tier::Dedicated, ApiGeneration::V1}}},
                        {*parse_object_id("bbbbbbbbbbbbbbbbbbbbbbbb"), std::nullopt, "a", {}}}};
  expected.discovery.interval = 1h;
  expected.discovery.include = {{"prod-*", {}, {}, {}},
                                {{}, "*-?", {}, {{"12", "true"}, {"tier", "gold"}}}};
  expected.discovery.exclude = {{{}, {}, parse_object_id("cccccccccccccccccccccccc"), {}}};
  expected.poll = {1s, 2min, 100ms, 3h, 0.25, true, 90min, 7 * 24h, 7, 24h};
  expected.drills = {{"dr-*", "drill-?"}, {{}, "b"}, {"aaaaaaaaaaaaaaaaaaaaaaaa", {}}};
  expected.objectives = {{{"prod-*", {}, {}, {{"tier", "gold"}}}, {7 * 24h, {}, {}}},
                         {{{}, "a", {}, {}}, {{}, 4h, 500ms}}};
  expected.policies = {{{{}, {}, parse_object_id("aaaaaaaaaaaaaaaaaaaaaaaa"), {}},
                        {{{"dr-*", "bbbbbbbbbbbbbbbbbbbbbbbb"}}, false, true}},
                       {{{}, "*", {}, {}}, {std::vector<std::string>{}, {}, {}}}};
  expected.storage = {folder_.at("store/jobs.db"), 14 * 24h};
  expected.web = {{"::1", 0}, true};
  expected.log = {LogLevel::Debug, LogFormat::Json};
  expected.events.webhooks = {
      {"hooks.example.net", Secret("https://Hooks.example.net:8443/T0/x?y=%20"), Secret("private"),
       10s, std::nullopt, folder_.at("key")},
      {"a.b_c-1", Secret("http://localhost:1"), Secret("private"), 1s,
       "http://proxy.example.net:3128", folder_.at("key")}};
  expected.metrics = {true, 2h, 5};
  EXPECT_TRUE(*outcome.config == expected);
}

TEST_F(LoadConfigTest, CredentialsAreEnough) {
  const ConfigOutcome outcome = folder_.load(
      "credentials: [{name: main, api_key: {public_key: abc, private_key_file: key}}]\n");
  EXPECT_EQ(lines(outcome.problems), std::vector<std::string>{});
  EXPECT_EQ(lines(outcome.warnings), std::vector<std::string>{});
  ASSERT_TRUE(outcome.config);
  Config expected = smallest(folder_.at("key"));
  expected.projects.reset();
  EXPECT_TRUE(*outcome.config == expected);
}

TEST_F(LoadConfigTest, CollectionsAreNotLookedAtMoreOftenThanAllElse) {
  const ConfigOutcome outcome =
      folder_.load(std::string(kSmallest) + "poll: {interval: 10m, stale_after: 1h}\n");
  ASSERT_TRUE(outcome.config);
  EXPECT_EQ(outcome.config->poll.collection_interval, 10min);
  EXPECT_EQ(lines(outcome.warnings), std::vector<std::string>{});
}

TEST_F(LoadConfigTest, WarnsOfCollectionIntervalsThatAreOdd) {
  const std::string shorter = "poll: {interval: 5m, collection_interval: 1m}\n";
  EXPECT_EQ(lines(folder_.load(std::string(kSmallest) + shorter).warnings),
            (std::vector<std::string>{"3:7: poll: collection_interval is shorter than interval: "
                                      "collection restores are looked at more often than all "
                                      "others"}));
  const std::string longer = "poll: {collection_interval: 6m, stale_after: 17m}\n";
  EXPECT_EQ(lines(folder_.load(std::string(kSmallest) + longer).warnings),
            (std::vector<std::string>{
                "3:7: poll: stale_after is less than three collection_intervals: two failed polls "
                "in a row will make targets count as blind"}));
}

TEST_F(LoadConfigTest, SaysWhereWarningsAboutTooManyCallsBelong) {
  const auto place = [&](const std::string& more) {
    return format(folder_.load(std::string(kSmallest) + more).calls_at, "file");
  };
  EXPECT_EQ(place(""), "file:2:11: projects: ");
  EXPECT_EQ(place("poll: {interval: 1m}\n"), "file:2:11: projects: ");
  EXPECT_EQ(place("poll: {interval: 1m, rate_budget: 0.1}\n"), "file:3:35: poll.rate_budget: ");
}

TEST_F(LoadConfigTest, WarnsOfActiveIntervalsAndSweepsThatAreOdd) {
  const std::string active = "poll: {interval: 1m, active_interval: 61s}\n";
  EXPECT_EQ(lines(folder_.load(std::string(kSmallest) + active).warnings),
            (std::vector<std::string>{
                "3:7: poll: active_interval is longer than interval: clusters with a restore going "
                "on are looked at every interval all the same"}));
  const std::string sweeps = "poll: {interval: 1m, full_sweep_interval: 59s}\n";
  EXPECT_EQ(lines(folder_.load(std::string(kSmallest) + sweeps).warnings),
            (std::vector<std::string>{"3:7: poll: full_sweep_interval is shorter than interval: "
                                      "every look reads its list to the end"}));
}

TEST_F(LoadConfigTest, WarnsOfDrillsByANameThatMayNotBeKnown) {
  const auto warnings = [&](const std::string& target, const std::string& projects) {
    const ConfigOutcome outcome = folder_.load(
        "credentials: [{name: main, api_key: {public_key: abc, private_key_file: key}}]\n"
        "drills: [{target_project: " +
        target + "}]\n" + projects);
    EXPECT_TRUE(outcome.config);
    return lines(outcome.warnings);
  };
  const std::string named = "projects: [{id: 5b69d0349b15c62cdfc38b78, name: dr-1}]\n";
  const std::string unnamed = "projects: [{id: 5b69d0349b15c62cdfc38b78}]\n";
  const std::string with_clusters =
      "projects: [{id: 5b69d0349b15c62cdfc38b78, clusters: [{name: a}]}]\n";
  const std::vector<std::string> warning{
      "2:27: drills[0].target_project: matches no name or id that `projects` gives; by another "
      "name a project may not be known when a restore into it is first seen"};
  const std::vector<std::string> none;
  EXPECT_EQ(warnings("dr-*", ""), none);
  EXPECT_EQ(warnings("dr-*", named), none);
  EXPECT_EQ(warnings("lab-*", named), warning);
  EXPECT_EQ(warnings("dr-*", unnamed), none);  // Atlas says it before any cluster is looked at
  EXPECT_EQ(warnings("dr-*", with_clusters), warning);
  EXPECT_EQ(warnings("5b69*", with_clusters), none);
  EXPECT_EQ(warnings("5f1b3c2e8a7d4e0012345678", with_clusters), none);
}

TEST_F(LoadConfigTest, WarnsOfAllowedProjectsByANameThatMayNotBeKnown) {
  const ConfigOutcome outcome = folder_.load(
      std::string(kSmallest) + "policies: [{project: prod, allow_target_projects: [dr-1]}]\n");
  EXPECT_EQ(lines(outcome.warnings),
            (std::vector<std::string>{
                "3:52: policies[0].allow_target_projects[0]: matches no name or id that `projects` "
                "gives; by another name a project may not be known when a restore into it is first "
                "seen"}));
}

TEST_F(LoadConfigTest, WarnsOfDrillsThatAreForgottenBeforeTheNext) {
  const std::string objectives = "objectives: [{project: a, drill_interval: 8d}]\n";
  const auto warnings = [&](const std::string& storage) {
    return lines(folder_.load(std::string(kSmallest) + objectives + storage).warnings);
  };
  EXPECT_EQ(warnings("storage: {retention: 15d}\n"),
            (std::vector<std::string>{
                "3:14: objectives[0]: drill_interval is more than half of storage.retention (15d): "
                "a drill may be forgotten before the next one"}));
  EXPECT_EQ(warnings("storage: {retention: 16d}\n"), std::vector<std::string>{});
  EXPECT_EQ(warnings(""), std::vector<std::string>{});
}

TEST_F(LoadConfigTest, WarnsOfAClusterThatNoSourceReads) {
  const std::string projects =
      "projects:\n"
      "- id: 5b69d0349b15c62cdfc38b78\n"
      "  clusters: [{name: a}, {name: b, tier: flex}, {name: c, tier: tenant}]\n";
  const auto warnings = [&](const std::string& sources) {
    const ConfigOutcome outcome = folder_.load(
        "credentials: [{name: main, api_key: {public_key: abc, private_key_file: key}}]\n" +
        projects + sources);
    EXPECT_TRUE(outcome.config);
    return lines(outcome.warnings);
  };
  const std::string at_a =
      "4:14: projects[0].clusters[0]: will not be polled: none of `sources` reads dedicated "
      "clusters";
  const std::string at_b =
      "4:25: projects[0].clusters[1]: will not be polled: none of `sources` reads flex clusters";
  const std::string at_c =
      "4:48: projects[0].clusters[2]: will not be polled: none of `sources` reads tenant clusters";
  EXPECT_EQ(warnings(""), (std::vector{at_c}));
  EXPECT_EQ(warnings("sources: [collection]\n"), (std::vector{at_b, at_c}));
  EXPECT_EQ(warnings("sources: [tenant]\n"), (std::vector{at_a, at_b}));
  EXPECT_EQ(warnings("sources: [tenant, flex, dedicated]\n"), std::vector<std::string>{});
}

TEST_F(LoadConfigTest, AMistakeInSourcesIsNotReportedAgainWithEachCluster) {
  const ConfigOutcome outcome = folder_.load(std::string(kSmallest) + "sources: [everything]\n");
  EXPECT_EQ(lines(outcome.warnings), std::vector<std::string>{});
}

TEST_F(LoadConfigTest, ReportsEverythingAtOnceInOrderOfPlace) {
  const ConfigOutcome outcome = folder_.load(
      "poll:\n"
      "  page_size: 0\n"
      "  intervall: 60s\n"
      "projects:\n"
      "  - id: short\n"
      "    clusters:\n"
      "      - name: -bad\n"
      "log: {level: loud}\n"
      "credentials: []\n");
  EXPECT_FALSE(outcome.config);
  EXPECT_EQ(
      lines(outcome.problems),
      (std::vector<std::string>{
          "2:14: poll.page_size: must be a whole number from 1 to 500",
          "3:3: poll.intervall: unknown key; did you mean interval?",
          "5:9: projects[0].id: must be a project's id: 24 hexadecimal digits",
          ("7:15: projects[0].clusters[0].name: must be a cluster's name: at most 64 letters, "
           "digits and -, not - first"),
          "8:14: log.level: must be debug, info, warn or error",
          "9:14: credentials: must not be an empty list"}));
}

TEST_F(LoadConfigTest, AProjectSaysWhichOfSeveralCredentials) {
  const ConfigOutcome outcome = folder_.load(
      "credentials:\n"
      "- {name: b, api_key: {public_key: abc, private_key_file: key}}\n"
      "- {name: a, api_key: {public_key: abc, private_key_file: key}}\n"
      "projects: [{id: 5b69d0349b15c62cdfc38b78, clusters: [{name: prod-a}]}]\n");
  EXPECT_EQ(
      lines(outcome.problems),
      (std::vector<std::string>{"4:12: projects[0].credential: is missing: which one of a, b"}));
}

TEST_F(LoadConfigTest, ABrokenCredentialIsNotReportedAgainWhereItIsUsed) {
  const ConfigOutcome outcome = folder_.load(
      "credentials:\n"
      "- {name: a, api_key: {public_key: abc, private_key_file: key}}\n"
      "- {name: B, api_key: {public_key: abc, private_key_file: key}}\n"
      "projects: [{id: 5b69d0349b15c62cdfc38b78, credential: B, clusters: [{name: prod-a}]}]\n");
  EXPECT_EQ(lines(outcome.problems),
            (std::vector<std::string>{"3:10: credentials[1].name: must be of lower-case letters, "
                                      "digits, - and _"}));
}

TEST_F(LoadConfigTest, WarnsWhenTwoFailedPollsWouldBlindATarget) {
  const ConfigOutcome outcome =
      folder_.load(std::string(kSmallest) + "poll: {interval: 5m, stale_after: 14m}\n");
  EXPECT_TRUE(outcome.config);
  EXPECT_EQ(lines(outcome.warnings),
            (std::vector<std::string>{"3:7: poll: stale_after is less than three intervals: two "
                                      "failed polls in a row will make targets count as blind"}));
  EXPECT_TRUE(folder_.load(std::string(kSmallest) + "poll: {interval: 5m}\n").warnings.empty());
}

TEST_F(LoadConfigTest, WarnsOfASecretThatEverybodyCanRead) {
  folder_.write("key", "private\n", 0644);
  const ConfigOutcome outcome = folder_.load(kSmallest);
  EXPECT_TRUE(outcome.config);
  EXPECT_EQ(lines(outcome.warnings),
            (std::vector<std::string>{
                "1:73: credentials[0].api_key.private_key_file: the file can be read by every "
                "user; chmod o-r it"}));
}

TEST_F(LoadConfigTest, ListsNoMoreThanAHundredProblems) {
  std::string text(kSmallest);
  for (int i = 0; i < 103; ++i) text += "unknown_" + std::to_string(i) + ": 1\n";
  const ConfigOutcome outcome = folder_.load(text);
  ASSERT_EQ(outcome.problems.size(), 101U);
  EXPECT_EQ(lines(outcome.problems).back(), "103:1: and 3 more from here");
}

TEST_F(LoadConfigTest, ProblemsNeverShowWhatTheFileHolds) {
  folder_.write("key", "two words of s3cr3t\n");
  const ConfigOutcome outcome = folder_.load(
      "credentials:\n"
      "- {name: S3CR3T, api_key: {public_key: abc, private_key_file: key}}\n"
      "- {name: b, service_account: {client_id: abc, client_secret_file: mdb_sa_sk_s3cr3t}}\n"
      "- {name: c, service_account: {client_id: abc, client_secret_file: /mdb_sa_sk_s3cr3t}}\n"
      "atlas: {base_url: https://user:s3cr3t@cloud.mongodb.com, request_timeout: s3cr3t}\n");
  EXPECT_EQ(outcome.problems.size(), 6U);
  for (const std::string& line : lines(outcome.problems)) {
    EXPECT_EQ(line.find("s3cr3t"), std::string::npos) << line;
    EXPECT_EQ(line.find("S3CR3T"), std::string::npos) << line;
  }
}

}  // namespace
}  // namespace restorewatch
