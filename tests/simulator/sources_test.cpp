#include <map>

#include <yaml-cpp/yaml.h>

#include <gtest/gtest.h>

#include "simulator/api_fixture.h"

namespace atlas_simulator {
namespace {

using namespace std::chrono_literals;

const VirtualTime kStart = *StillAtlas::start();

std::string error_of(const std::string& cluster_keys) {
  try {
    parse_scenario(cluster_scenario(cluster_keys));
    return "accepted";
  } catch (const ScenarioError& error) {
    return error.what();
  }
}

struct Misfitting {
  const char* name;
  const char* cluster;  // keys
  const char* error;    // its end
};

class MisfitTest : public testing::TestWithParam<Misfitting> {};

TEST_P(MisfitTest, IsRefusedWithItsPlace) {
  const std::string error = error_of(GetParam().cluster);
  EXPECT_EQ(error.substr(0, 2), "5:") << error;
  EXPECT_NE(error.find(GetParam().error), std::string::npos) << error;
}

INSTANTIATE_TEST_SUITE_P(
    Keys, MisfitTest,
    testing::Values(
        Misfitting{"FlexCancelled", "tier: flex, jobs: [{end: cancelled}]",
                   "'end' of a job cannot be told by a flex job"},
        Misfitting{"FlexExpired", "tier: flex, jobs: [{end: expired}]", "'end' of a job"},
        Misfitting{"FlexReady", "tier: flex, jobs: [{end: ready}]", "'end' of a job"},
        Misfitting{"TenantCancelled", "tier: tenant, jobs: [{end: cancelled}]", "a tenant job"},
        Misfitting{"CollectionExpired", "jobs: [{source: collection, end: expired}]",
                   "a collection job"},
        Misfitting{"FlexPointInTime", "tier: flex, jobs: [{delivery: pointInTime}]",
                   "'delivery' of a job"},
        Misfitting{"CollectionDelivery", "jobs: [{source: collection, delivery: download}]",
                   "'delivery' of a job"},
        Misfitting{"OtherFamily", "tier: flex, jobs: [{source: dedicated}]",
                   "'source' of a job is not one of tier flex"},
        Misfitting{"CollectionOfFlex", "tier: flex, jobs: [{source: collection}]", "'source'"},
        Misfitting{"FreeHasNoJobs", "tier: free, jobs: [{at: 0s}]", "has no backups"},
        Misfitting{"FreeBackups", "tier: free, backup_enabled: true", "cannot be true"},
        Misfitting{"PendingDedicated", "jobs: [{pending: 1s}]", "'pending' of a job means nothing"},
        Misfitting{"QueuedCollection", "jobs: [{source: collection, queued: 1s}]", "'queued'"},
        Misfitting{"LinkOfFlex", "tier: flex, jobs: [{link_lives: 1h}]", "'link_lives'"},
        Misfitting{"PartialDedicated", "jobs: [{partial: true}]", "'partial'"},
        Misfitting{"ErrorDedicated", "jobs: [{error: x, end: failed}]", "'error'"},
        Misfitting{"ClosedTenant", "tier: tenant, jobs: [{closed: true}]", "'closed'"},
        Misfitting{"GeneratedMix",
                   "tier: flex, generate: {count: 1, mix: {completed: 1, ready: 1}}",
                   "'ready' of 'mix' cannot be told by a flex job"},
        Misfitting{"GeneratedSource", "tier: flex, generate: {source: collection}", "'source'"},
        Misfitting{"Tier", "tier: gold", "'gold' is not one of its words"},
        Misfitting{"ShortId", "id: 0123", "24 lower-case"},
        Misfitting{"Created", "created: once", "must be an offset"},
        Misfitting{"TenantSize", "tier: tenant, instance_size: M10", "must be M2 or M5"},
        Misfitting{"DedicatedSize", "instance_size: M2", "is no dedicated one"},
        Misfitting{"FlexSize", "tier: flex, instance_size: M10", "of dedicated and tenant"},
        Misfitting{"Tags", "tags: {a: [b]}", "must be a plain value"}),
    [](const auto& misfitting) { return std::string(misfitting.param.name); });

struct Story {
  const char* name;
  const char* cluster;  // keys, with one job
  std::vector<std::pair<Millis, Look>> looks;
};

class StoryTest : public testing::TestWithParam<Story> {
 protected:
  static const Job& only_job(const World& world) {
    for (const auto& list : world.projects().front().clusters.front().lists) {
      if (!list.all().empty()) return list.all().front();
    }
    throw std::logic_error("no job");
  }
};

TEST_P(StoryTest, PassesThroughTheStatesThatItsSourceTellsApart) {
  const World world(parse_scenario(cluster_scenario(GetParam().cluster)), kStart);
  for (const auto& [offset, look] : GetParam().looks) {
    EXPECT_EQ(word(look_at(only_job(world), kStart + offset)), word(look)) << offset.count();
  }
}

INSTANTIATE_TEST_SUITE_P(
    Sources, StoryTest,
    testing::Values(Story{"Flex",
                          "tier: flex, jobs: [{takes: 60s, pending: 10s, queued: 10s}]",
                          {{0s, Look::Pending},
                           {9999ms, Look::Pending},
                           {10s, Look::Queued},
                           {19999ms, Look::Queued},
                           {20s, Look::Running},
                           {59999ms, Look::Running},
                           {60s, Look::Completed}}},
                    Story{"FlexPhasesEndWithTheJob",
                          "tier: flex, jobs: [{takes: 5s, pending: 10s, end: failed}]",
                          {{4999ms, Look::Pending}, {5s, Look::Failed}}},
                    Story{"FlexVanishes",
                          "tier: flex, jobs: [{takes: 5s, end: vanishes}]",
                          {{0s, Look::Pending}, {4999ms, Look::Running}, {5s, Look::Gone}}},
                    Story{"TenantNever",
                          "tier: tenant, jobs: [{takes: 5s, end: never}]",
                          {{0s, Look::Pending}, {24h, Look::Running}}},
                    Story{"Collection",
                          "jobs: [{source: collection, takes: 60s, pending: 10s, end: cancelled}]",
                          {{9999ms, Look::Pending}, {10s, Look::Running}, {60s, Look::Cancelled}}},
                    Story{"ServerlessReady",
                          "tier: serverless, jobs: [{takes: 5s, end: ready}]",
                          {{4999ms, Look::InProgress}, {5s, Look::Ready}}}),
    [](const auto& story) { return std::string(story.param.name); });

/// Every end that a source can tell comes out of its mix, and no other.
class GeneratedTest : public testing::TestWithParam<Source> {};

TEST_P(GeneratedTest, HaveTheAskedEndsAndAMixOfDeliveries) {
  constexpr std::array<const char*, 5> kTiers{"dedicated", "flex", "dedicated", "serverless",
                                              "tenant"};
  const auto index = static_cast<std::size_t>(GetParam());
  const bool collection = GetParam() == Source::Collection;
  std::string mix;
  for (const auto& [name, end] :
       {std::pair("completed", End::Completed), std::pair("failed", End::Failed),
        std::pair("cancelled", End::Cancelled), std::pair("expired", End::Expired),
        std::pair("ready", End::Ready), std::pair("vanishes", End::Vanishes),
        std::pair("never", End::Never)}) {
    if (can_end(GetParam(), end)) mix += std::string(name) + ": 1, ";
  }
  const World world(
      parse_scenario(cluster_scenario(
          std::string("tier: ") + kTiers[index] + ", generate: [{count: 300, source: " +
          (collection ? "collection" : kTiers[index]) + ", mix: {" + mix + "}}, {count: 5}]")),
      kStart);
  std::map<End, int> ends;
  std::map<Delivery, int> deliveries;
  const Cluster& cluster = world.projects().front().clusters.front();
  for (const auto& job : cluster.jobs(GetParam()).all()) {
    ++ends[job.end];
    ++deliveries[job.delivery];
  }
  EXPECT_EQ(ends.size(), static_cast<std::size_t>(std::count(mix.begin(), mix.end(), ',')));
  EXPECT_EQ(deliveries.contains(Delivery::Download), !collection);
  std::size_t all = 0;
  for (const auto& list : cluster.lists) all += list.all().size();
  EXPECT_EQ(all, 305U);
}

INSTANTIATE_TEST_SUITE_P(Sources, GeneratedTest, testing::ValuesIn(kSources));

TEST(FaultSourceTest, MeetsTheJobsOfOneSourceOnly) {
  StillAtlas still(cluster_scenario("tier: dedicated"));
  const auto meets = [&](const std::string& keys) {
    still.atlas.clear_faults();
    still.atlas.add_fault(parse_faults("{kind: status, status: 503, " + keys + "}").front());
    std::string met;
    const std::string project = kGroups + '/' + kProjectId;
    for (const auto& [name, path] :
         {std::pair("dedicated ", jobs_of_prod_a(Source::Dedicated)),
          std::pair("collection ", jobs_of_prod_a(Source::Collection)),
          std::pair("projects ", kGroups), std::pair("project ", project),
          std::pair("org_projects ",
                    "/api/atlas/v2/orgs/" + std::string(kUsualOrganization) + "/groups"),
          std::pair("clusters ", project + "/clusters"),
          std::pair("flex_clusters ", project + "/flexClusters"),
          std::pair("serverless ", project + "/serverless")}) {
      if (still.get(path).status == 503) met += name;
    }
    return met;
  };
  EXPECT_EQ(meets("source: dedicated"), "dedicated ");
  EXPECT_EQ(meets("source: collection, path: list"), "collection ");
  EXPECT_EQ(meets("source: collection, path: get"), "");
  EXPECT_EQ(meets("path: list"), "dedicated collection ");
  for (const char* path :
       {"projects", "project", "org_projects", "clusters", "flex_clusters", "serverless"}) {
    EXPECT_EQ(meets("path: " + std::string(path)), path + std::string(" "));
  }
}

TEST(TruthTest, OfAStatusJobTellsItsStatesItsLinkAndWhatWasShown) {
  StillAtlas still(cluster_scenario(
      "tier: flex, jobs: [{takes: 60s, pending: 20s, queued: 20s, delivery: download}]"));
  const auto job = [&] {
    return YAML::Load(still.atlas.truth_json())["projects"][0]["clusters"][0]["jobs"][0];
  };
  for (const char* state : {"pending", "queued", "running", "completed"}) {
    EXPECT_EQ(job()["state"].as<std::string>(), state);
    EXPECT_EQ(job()["has_link"].as<bool>(), std::string(state) == "completed");
    still.get(jobs_of_prod_a(Source::Flex));
    still.atlas.advance(20s);
  }
  EXPECT_EQ(job()["shown"].as<std::vector<std::string>>(),
            (std::vector<std::string>{"pending", "queued", "running", "completed"}));
  EXPECT_EQ(job()["source"].as<std::string>(), "flex");
  EXPECT_EQ(job()["outcome"].as<std::string>(), "completed");
}

}  // namespace
}  // namespace atlas_simulator
