#include <yaml-cpp/yaml.h>

#include <gtest/gtest.h>

#include "simulator/api_fixture.h"

namespace atlas_simulator {
namespace {

constexpr const char* kFlexInClusters = "CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API";
constexpr const char* kServerlessInClusters = "CANNOT_USE_SERVERLESS_INSTANCE_IN_CLUSTER_API";
constexpr const char* kOtherInFlex = "CANNOT_USE_NON_FLEX_CLUSTER_IN_FLEX_API";
constexpr const char* kOtherInServerless = "CANNOT_USE_CLUSTER_IN_SERVERLESS_INSTANCE_API";
constexpr const char* kWrongBackup = "INCORRECT_BACKUP_API_ENDPOINT";
constexpr const char* kUnsupported = "FEATURE_UNSUPPORTED";

/// What the list of `source` says of a cluster of `tier`; an empty code: 200.
struct Call {
  const char* tier;
  Source source;
  const char* name;
  int status;
  const char* code;
};

class WrongTierTest : public testing::TestWithParam<Call> {};

TEST_P(WrongTierTest, IsAnsweredByTheRecordedCode) {
  StillAtlas still(cluster_scenario("tier: " + std::string(GetParam().tier)));
  for (const std::string job : {"", "/000000000000000000000000"}) {
    const Answer answer = still.get(jobs_of_prod_a(GetParam().source) + job);
    if (GetParam().status == 200 && !job.empty()) continue;  // then it only lacks the job
    EXPECT_EQ(answer.status, GetParam().status) << answer.body;
    EXPECT_EQ(header(answer, "X-Error-Code"), GetParam().code);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Calls, WrongTierTest,
    testing::Values(Call{"dedicated", Source::Dedicated, "Dedicated", 200, ""},
                    Call{"dedicated", Source::Collection, "Collection", 200, ""},
                    Call{"dedicated", Source::Flex, "Flex", 400, kOtherInFlex},
                    Call{"dedicated", Source::Serverless, "Serverless", 400, kOtherInServerless},
                    Call{"dedicated", Source::Tenant, "Tenant", 400, kWrongBackup},
                    Call{"flex", Source::Dedicated, "Dedicated", 400, kFlexInClusters},
                    Call{"flex", Source::Collection, "Collection", 400, kFlexInClusters},
                    Call{"flex", Source::Flex, "Flex", 200, ""},
                    Call{"flex", Source::Serverless, "Serverless", 400, kOtherInServerless},
                    Call{"flex", Source::Tenant, "Tenant", 400, kFlexInClusters},
                    Call{"serverless", Source::Dedicated, "Dedicated", 400, kServerlessInClusters},
                    Call{"serverless", Source::Collection, "Collection", 400,
                         kServerlessInClusters},
                    Call{"serverless", Source::Flex, "Flex", 400, kOtherInFlex},
                    Call{"serverless", Source::Serverless, "Serverless", 200, ""},
                    Call{"serverless", Source::Tenant, "Tenant", 400, kServerlessInClusters},
                    Call{"tenant", Source::Dedicated, "Dedicated", 400, kWrongBackup},
                    Call{"tenant", Source::Collection, "Collection", 403, kUnsupported},
                    Call{"tenant", Source::Flex, "Flex", 400, kOtherInFlex},
                    Call{"tenant", Source::Serverless, "Serverless", 400, kOtherInServerless},
                    Call{"tenant", Source::Tenant, "Tenant", 200, ""},
                    Call{"free", Source::Dedicated, "Dedicated", 403, kUnsupported},
                    Call{"free", Source::Collection, "Collection", 403, kUnsupported},
                    Call{"free", Source::Flex, "Flex", 400, kOtherInFlex},
                    Call{"free", Source::Serverless, "Serverless", 400, kOtherInServerless},
                    Call{"free", Source::Tenant, "Tenant", 403, kUnsupported}),
    [](const auto& call) { return std::string(call.param.tier) + "By" + call.param.name; });

TEST(BackupsOffTest, AreNotFoundBySourcesOfTheTier) {
  StillAtlas still(cluster_scenario("backup_enabled: false"));
  for (const Source source : {Source::Dedicated, Source::Collection}) {
    const Answer answer = still.get(jobs_of_prod_a(source));
    EXPECT_EQ(answer.status, 404);
    EXPECT_EQ(header(answer, "X-Error-Code"), "BACKUP_CONFIG_NOT_FOUND");
  }
  EXPECT_EQ(header(still.get(jobs_of_prod_a(Source::Flex)), "X-Error-Code"), kOtherInFlex);
}

struct Retirement {
  const char* mode;
  int status;
  const char* code;
};

class RetirementTest : public testing::TestWithParam<Retirement> {};

TEST_P(RetirementTest, ConcernsBothGenerationsOfTheRetiredSourcesOnly) {
  const std::string mode = std::string("retired: ") + GetParam().mode + "\n";
  for (const auto& [tier, source] :
       {std::pair("serverless", Source::Serverless), std::pair("tenant", Source::Tenant)}) {
    StillAtlas still(mode + cluster_scenario(std::string("tier: ") + tier));
    for (const Generation generation : {Generation::V1, Generation::V2}) {
      const Answer answer = still.get(jobs_of_prod_a(source, generation));
      EXPECT_EQ(answer.status, GetParam().status) << tier;
      EXPECT_EQ(header(answer, "X-Error-Code"), GetParam().code) << tier;
    }
  }
  StillAtlas still(mode + cluster_scenario("tier: dedicated"));
  EXPECT_EQ(still.get(jobs_of_prod_a(Source::Dedicated)).status, 200);
}

INSTANTIATE_TEST_SUITE_P(Modes, RetirementTest,
                         testing::Values(Retirement{"served", 200, ""},
                                         Retirement{"gone", 410, "VERSION_GONE"},
                                         Retirement{"not_found", 404, "RESOURCE_NOT_FOUND"},
                                         Retirement{"not_allowed", 405, "METHOD_NOT_ALLOWED"},
                                         Retirement{"no_route", 404, ""}),
                         [](const auto& mode) { return std::string(mode.param.mode); });

TEST(RetiredTest, WithoutARouteThereIsNoJson) {
  StillAtlas still("retired: no_route\n" + cluster_scenario("tier: tenant"));
  const Answer answer = still.get(jobs_of_prod_a(Source::Tenant), "envelope=true");
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.content_type, "text/html");
  EXPECT_EQ(answer.body.front(), '<');
}

TEST(RetiredTest, TheListOfServerlessInstancesIsEmptyAndNoError) {
  const std::string path = kGroups + '/' + kProjectId + "/serverless";
  for (const auto& [mode, rows] : {std::pair("served", 1U), std::pair("gone", 0U)}) {
    StillAtlas still(std::string("retired: ") + mode + "\n" + cluster_scenario("tier: serverless"));
    const Answer answer = still.get(path);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(YAML::Load(answer.body)["results"].size(), rows) << mode;
    EXPECT_EQ(header(answer, "Sunset"), "Mon, 18 Jan 2027 00:00:00 GMT");
  }
}

}  // namespace
}  // namespace atlas_simulator
