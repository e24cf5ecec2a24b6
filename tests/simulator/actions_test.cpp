#include <yaml-cpp/yaml.h>

#include <gtest/gtest.h>

#include "simulator/api_fixture.h"

namespace atlas_simulator {
namespace {

using namespace std::chrono_literals;

using Names = std::vector<std::string>;

const std::string kClusters = kGroups + '/' + kProjectId + "/clusters";
const std::string kFlexClusters = kGroups + '/' + kProjectId + "/flexClusters";

/// A world that is changed from outside, and what it shows and admits then.
class ActionTest : public testing::Test {
 protected:
  void act(const std::string& keys) {
    still_.atlas.act(parse_cluster_action("{project: prod-payments, " + keys + "}"));
  }

  int refusal(const std::string& keys) {
    try {
      act(keys);
      return 0;
    } catch (const ActionRefused& refused) {
      return refused.status();
    }
  }

  Names names(const std::string& path, const std::string& query = "") {
    Names names;
    for (const auto& row : YAML::Load(still_.get(path, query).body)["results"]) {
      names.push_back(row["name"].as<std::string>());
    }
    return names;
  }

  YAML::Node first(const std::string& path) {
    return YAML::Load(still_.get(path).body)["results"][0];
  }

  std::string code(const std::string& path) { return header(still_.get(path), "X-Error-Code"); }

  /// The truth about the cluster that was made as number `index`.
  YAML::Node truth(std::size_t index) const {
    return YAML::Load(still_.atlas.truth_json())["projects"][0]["clusters"][index];
  }

  StillAtlas still_{cluster_scenario(
      "tier: flex, id: 0123456789abcdef01234567, jobs: [{at: -1h, takes: 1m}, {at: 0s, end: "
      "never}]")};
};

TEST_F(ActionTest, ACreatedClusterIsOfNowAndHasItsJobs) {
  still_.atlas.advance(1h);
  act("cluster: fresh, do: create, tier: dedicated, tags: {env: new}, "
      "jobs: [{at: 10s, takes: 1m}], generate: {count: 3, from: 1m, until: 2m}");
  const YAML::Node fresh = first(kClusters);
  EXPECT_EQ(fresh["name"].as<std::string>(), "fresh");
  EXPECT_EQ(fresh["createDate"].as<std::string>(), "2026-01-31T01:00:00Z");
  EXPECT_EQ(fresh["id"].as<std::string>().substr(0, 8), "697d5410") << "01:00 as seconds";
  const std::string jobs = jobs_path(Generation::V2, Source::Dedicated, kProjectId, "fresh");
  EXPECT_EQ(YAML::Load(still_.get(jobs).body)["results"].size(), 0U);
  still_.atlas.advance(2min);
  EXPECT_EQ(YAML::Load(still_.get(jobs).body)["results"].size(), 4U);
  EXPECT_EQ(refusal("cluster: fresh, do: create"), 409);
}

TEST_F(ActionTest, AnUpgradeChangesTheFamilyAndKeepsOldJobsInTheTruth) {
  act("cluster: prod-a, do: upgrade, tier: dedicated, id: fedcba987654321001234567");
  EXPECT_TRUE(names(kFlexClusters).empty());
  EXPECT_EQ(first(kClusters)["id"].as<std::string>(), "fedcba987654321001234567");
  EXPECT_EQ(code(jobs_of_prod_a(Source::Flex)), "CANNOT_USE_NON_FLEX_CLUSTER_IN_FLEX_API");
  still_.atlas.add_job(parse_added_job("{project: prod-payments, cluster: prod-a, end: never}"));
  EXPECT_EQ(YAML::Load(still_.get(jobs_of_prod_a(Source::Dedicated)).body)["results"].size(), 1U);
  const YAML::Node cluster = truth(0);
  EXPECT_EQ(cluster["tier"].as<std::string>(), "dedicated");
  ASSERT_EQ(cluster["jobs"].size(), 3U);
  EXPECT_EQ(cluster["jobs"][0]["source"].as<std::string>(), "dedicated");
  EXPECT_EQ(cluster["jobs"][0]["cluster_id"].as<std::string>(), "fedcba987654321001234567");
  EXPECT_TRUE(cluster["jobs"][0]["reachable"].as<bool>());
  EXPECT_EQ(cluster["jobs"][1]["source"].as<std::string>(), "flex");
  EXPECT_EQ(cluster["jobs"][1]["cluster_id"].as<std::string>(), "0123456789abcdef01234567");
  EXPECT_FALSE(cluster["jobs"][1]["reachable"].as<bool>());
  EXPECT_EQ(refusal("cluster: prod-a, do: upgrade, tier: dedicated"), 409);
}

TEST_F(ActionTest, ARenamedClusterIsFoundByItsNewNameOnlyAndItsJobsSaySo) {
  const std::string before = still_.get(jobs_of_prod_a(Source::Flex)).body;
  act("cluster: prod-a, do: rename, name: prod-b");
  EXPECT_EQ(code(jobs_of_prod_a(Source::Flex)), "CLUSTER_NOT_FOUND");
  const YAML::Node job = first(jobs_path(Generation::V2, Source::Flex, kProjectId, "prod-b"));
  EXPECT_EQ(job["instanceName"].as<std::string>(), "prod-b");
  EXPECT_EQ(job["id"].as<std::string>(), YAML::Load(before)["results"][0]["id"].as<std::string>());
  EXPECT_EQ(truth(0)["earlier_names"].as<Names>(), Names{"prod-a"});
  EXPECT_EQ(truth(0)["jobs"][0]["cluster_name"].as<std::string>(), "prod-b");
  act("cluster: prod-a, do: create");
  EXPECT_EQ(refusal("cluster: prod-a, do: rename, name: prod-b"), 409);
}

TEST_F(ActionTest, ADeletedClusterIsGoneButNotFromTheTruth) {
  act("cluster: prod-a, do: delete");
  EXPECT_EQ(code(jobs_of_prod_a(Source::Flex)), "CLUSTER_NOT_FOUND");
  EXPECT_TRUE(names(kFlexClusters).empty());
  EXPECT_EQ(truth(0)["deleted_at"].as<std::int64_t>(), 1769817600);
  EXPECT_TRUE(truth(0)["jobs"][0]["deleted"].as<bool>());
  EXPECT_EQ(refusal("cluster: prod-a, do: delete"), 404);
}

TEST_F(ActionTest, AClusterMadeAgainUnderItsNameIsAnother) {
  const auto scenario_id = truth(0)["id"].as<std::string>();
  act("cluster: prod-a, do: delete");
  act("cluster: prod-a, do: create");
  act("cluster: prod-a, do: delete_keeping_backups");
  act("cluster: prod-a, do: create");
  EXPECT_EQ(names(kClusters), Names{"prod-a"});
  EXPECT_EQ(names(kClusters, "includeDeletedWithRetainedBackups=true"),
            (Names{"prod-a", "prod-a"}));
  const std::set<std::string> ids{scenario_id, truth(1)["id"].as<std::string>(),
                                  truth(2)["id"].as<std::string>()};
  EXPECT_EQ(ids.size(), 3U);
}

TEST_F(ActionTest, ClustersPauseAndTheirBackupsAreSwitched) {
  act("cluster: d, do: create");
  act("cluster: d, do: pause");
  EXPECT_TRUE(first(kClusters)["paused"].as<bool>());
  act("cluster: d, do: resume");
  EXPECT_FALSE(first(kClusters)["paused"].as<bool>());
  act("cluster: d, do: disable_backup");
  const std::string jobs = jobs_path(Generation::V2, Source::Dedicated, kProjectId, "d");
  EXPECT_EQ(code(jobs), "BACKUP_CONFIG_NOT_FOUND");
  EXPECT_FALSE(first(kClusters)["backupEnabled"].as<bool>());
  act("cluster: d, do: enable_backup");
  EXPECT_EQ(still_.get(jobs).status, 200);
}

TEST_F(ActionTest, WhatIsNotThereCannotBeChanged) {
  EXPECT_EQ(refusal("cluster: none, do: pause"), 404);
  EXPECT_THROW(still_.atlas.act(parse_cluster_action("{project: x, cluster: y, do: create}")),
               ActionRefused);
  EXPECT_THROW(still_.atlas.add_job(
                   parse_added_job("{project: prod-payments, cluster: prod-a, end: ready}")),
               ActionRefused);
  EXPECT_THROW(still_.atlas.add_job(
                   parse_added_job("{project: prod-payments, cluster: prod-a, source: dedicated}")),
               ActionRefused);
}

TEST_F(ActionTest, AJobMayBeOfACollection) {
  act("cluster: d, do: create");
  const auto ids = still_.atlas.add_job(
      parse_added_job("{project: prod-payments, cluster: d, source: collection, end: failed}"));
  const std::string path = jobs_path(Generation::V2, Source::Collection, kProjectId, "d");
  EXPECT_EQ(first(path)["id"].as<std::string>(), ids.at(0));
}

/// Hiding and showing need a credential; this one sees a project by name, and all of another.
TEST(ProjectActionTest, ProjectsAreMadeRenamedHiddenAndShown) {
  const Scenario scenario = parse_scenario(
      "credentials: [{name: a, client_id: a, client_secret: s}, "
      "{name: b, client_id: b, client_secret: s}]\n"
      "projects: [{id: " +
      kProjectId + ", name: first, credentials: [a]}]\n");
  World world(scenario, *StillAtlas::start());
  const auto act = [&](const std::string& keys) {
    world.act(parse_project_action("{" + keys + "}", scenario), *StillAtlas::start());
  };
  const auto seen = [&](const std::string& name) {
    Names names;
    for (const auto& project : world.projects()) {
      if (may_see(project, {name, std::string(kUsualOrganization)})) names.push_back(project.name);
    }
    return names;
  };
  EXPECT_EQ(seen("a"), Names{"first"});
  EXPECT_EQ(seen("b"), Names{});
  act("project: first, do: show, credential: b");
  EXPECT_EQ(seen("b"), Names{"first"});
  act("project: first, do: hide, credential: a");
  EXPECT_EQ(seen("a"), Names{});
  act("project: 5b69d0349b15c62cdfc38b79, do: create, name: second, clusters: [{name: c}]");
  EXPECT_EQ(seen("a"), Names{"second"});
  EXPECT_EQ(world.projects().back().clusters.size(), 1U);
  act("project: second, do: rename, name: other");
  EXPECT_EQ(seen("a"), Names{"other"});
  EXPECT_THROW(act("project: second, do: rename, name: x"), ActionRefused);
  EXPECT_THROW(act("project: " + kProjectId + ", do: create"), ActionRefused);
  EXPECT_THROW(act("project: first, do: hide, credential: nobody"), ScenarioError);
}

TEST(EventTest, ThingsHappenInTheirTime) {
  StillAtlas still(cluster_scenario("tier: flex") +
                   "events:\n"
                   "  - {at: 30s, project: 5b69d0349b15c62cdfc38b78, cluster: next, do: pause}\n"
                   "  - {at: 10s, project: prod-payments, cluster: next, do: create, "
                   "jobs: [{at: 5s, takes: 5s}]}\n"
                   "  - {at: 20s, project: prod-payments, do: rename, name: paid}\n");
  const auto names = [&] { return YAML::Load(still.get(kClusters).body)["results"].size(); };
  still.atlas.advance(9999ms);
  EXPECT_EQ(names(), 0U);
  still.atlas.advance(1ms);
  EXPECT_EQ(names(), 1U);
  still.atlas.advance(10min);
  const YAML::Node cluster = YAML::Load(still.get(kClusters).body)["results"][0];
  EXPECT_TRUE(cluster["paused"].as<bool>()) << "in order of time, not of the file";
  EXPECT_EQ(cluster["createDate"].as<std::string>(), "2026-01-31T00:00:10Z")
      << "when it was due, however late somebody looks";
  const YAML::Node job = YAML::Load(
      still.get(jobs_path(Generation::V2, Source::Dedicated, kProjectId, "next")).body)["results"];
  EXPECT_EQ(job[0]["finishedAt"].as<std::string>(), "2026-01-31T00:00:20Z");
  EXPECT_EQ(YAML::Load(still.atlas.truth_json())["projects"][0]["name"].as<std::string>(), "paid");
}

TEST(EventTest, ThingsHappenWhileAnAnswerIsDelayed) {
  StillAtlas still(cluster_scenario("tier: flex") +
                   "events: [{at: 10s, project: prod-payments, cluster: prod-a, do: delete}]\n");
  still.atlas.add_fault(parse_faults("{kind: delay, pause: 20s}").front());
  ApiRequest request = get_request(kFlexClusters);
  request.accept = "application/vnd.atlas.2024-11-13+json";
  const auto wait = [&](Millis pause) {
    still.atlas.advance(pause);
    return true;
  };
  const Answer answer = still.atlas.reply(request, wait).answer;
  EXPECT_EQ(YAML::Load(answer.body)["results"].size(), 0U);
}

TEST(EventTest, ThoseThatCannotHappenAreRefusedWithTheirPlace) {
  const std::string scenario = cluster_scenario("tier: flex") +
                               "events:\n"
                               "  - {at: 10s, project: prod-payments, cluster: next, do: pause}\n"
                               "  - {at: 20s, project: prod-payments, cluster: next, do: create}\n";
  try {
    StillAtlas still(scenario);
    FAIL() << "accepted";
  } catch (const ScenarioError& error) {
    EXPECT_EQ(std::string(error.what()), "9:5: there is no cluster 'next'");
  }
}

TEST(EventTest, ThoseThatCannotHappenAnyMoreAreLeftOutAndCounted) {
  StillAtlas still(cluster_scenario("tier: flex") +
                   "events: [{at: 10s, project: prod-payments, cluster: prod-a, do: pause}]\n");
  still.atlas.act(parse_cluster_action("{project: prod-payments, cluster: prod-a, do: delete}"));
  still.atlas.advance(20s);
  EXPECT_EQ(YAML::Load(still.atlas.truth_json())["events_left_out"].as<int>(), 1);
}

}  // namespace
}  // namespace atlas_simulator
