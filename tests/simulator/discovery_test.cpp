#include <yaml-cpp/yaml.h>

#include <gtest/gtest.h>

#include "simulator/api_fixture.h"
#include "simulator/hashes.h"

namespace atlas_simulator {
namespace {

using Names = std::vector<std::string>;

const std::string kOrgA = "aaaaaaaaaaaaaaaaaaaaaaaa";
const std::string kOrgB = "bbbbbbbbbbbbbbbbbbbbbbbb";

/// Two organizations with two projects each; who sees what differs.
const std::string kTwoOrganizations = R"(
credentials:
  - {name: all-a, org: aaaaaaaaaaaaaaaaaaaaaaaa, client_id: all-a, client_secret: s}
  - {name: some-a, org: aaaaaaaaaaaaaaaaaaaaaaaa, client_id: some-a, client_secret: s}
  - {name: all-b, org: bbbbbbbbbbbbbbbbbbbbbbbb, client_id: all-b, client_secret: s}
projects:
  - id: 5b69d0349b15c62cdfc38b78
    name: prod-payments
    org: aaaaaaaaaaaaaaaaaaaaaaaa
    tags: {team: pay, stage: prod}
    roles: {some-a: read_only}
    clusters:
      - {name: dedi, sharded: true, paused: true, tags: {env: prod}}
      - {name: off, backup_enabled: false, instance_size: M40}
      - {name: flexy, tier: flex, id: 0123456789abcdef01234567, created: -30d}
      - {name: less, tier: serverless}
      - {name: shared, tier: tenant, instance_size: M5}
      - {name: zero, tier: free}
      - {name: kept, deleted_with_backups: true}
  - id: 5b69d0349b15c62cdfc38b79
    name: prod-secret
    org: aaaaaaaaaaaaaaaaaaaaaaaa
    credentials: [all-a]
  - {id: 5b69d0349b15c62cdfc38b7a, name: test, org: aaaaaaaaaaaaaaaaaaaaaaaa}
  - {id: 5b69d0349b15c62cdfc38b7b, name: prod-b, org: bbbbbbbbbbbbbbbbbbbbbbbb}
)";

class DiscoveryTest : public testing::Test {
 protected:
  Answer get_as(const std::string& credential, const std::string& path,
                const std::string& query = "") {
    ApiRequest request = get_request(path, query);
    request.accept = "application/vnd.atlas.2025-03-12+json";
    request.authorization = "Bearer " + token(credential);
    return still_.ask(request);
  }

  Names names_as(const std::string& credential, const std::string& path,
                 const std::string& query = "") {
    const Answer answer = get_as(credential, path, query);
    EXPECT_EQ(answer.status, 200) << answer.body;
    Names names;
    for (const auto& row : YAML::Load(answer.body)["results"]) {
      names.push_back(row["name"].as<std::string>());
    }
    return names;
  }

  /// The one row of a list with this name.
  YAML::Node row(const std::string& path, const std::string& name) {
    for (const auto& each : YAML::Load(get_as("all-a", path).body)["results"]) {
      if (each["name"].as<std::string>() == name) return each;
    }
    ADD_FAILURE() << name << " is not in " << path;
    return {};
  }

  StillAtlas still_{kTwoOrganizations};
  const std::string project_ = kGroups + '/' + kProjectId;

 private:
  std::string token(const std::string& credential) {
    ApiRequest request;
    request.method = "POST";
    request.path = request.target = "/api/oauth/token";
    request.authorization = "Basic " + base64(credential + ":s");
    request.content_type = "application/x-www-form-urlencoded";
    request.body = "grant_type=client_credentials";
    return YAML::Load(still_.ask(request).body)["access_token"].as<std::string>();
  }
};

TEST_F(DiscoveryTest, ACredentialSeesTheProjectsOfItsOrganizationThatItMaySee) {
  EXPECT_EQ(names_as("all-a", kGroups), (Names{"prod-payments", "prod-secret", "test"}));
  EXPECT_EQ(names_as("some-a", kGroups), (Names{"prod-payments", "test"}));
  EXPECT_EQ(names_as("all-b", kGroups), Names{"prod-b"});
  EXPECT_EQ(names_as("all-a", kGroups, "itemsPerPage=2&pageNum=2"), Names{"test"});
}

TEST_F(DiscoveryTest, AnOrganizationListsItsProjectsToItsMembers) {
  const std::string path = "/api/atlas/v2/orgs/" + kOrgA + "/groups";
  EXPECT_EQ(names_as("some-a", path), (Names{"prod-payments", "test"}));
  EXPECT_EQ(names_as("all-a", path, "name=prod"), (Names{"prod-payments", "prod-secret"}));
  EXPECT_EQ(get_as("all-b", path).status, 403);
  EXPECT_EQ(get_as("all-b", "/api/atlas/v2/orgs/x/groups").status, 400);
}

TEST(OpenDiscoveryTest, WhereEverybodyIsLetInAnOrganizationStillListsItsOwn) {
  const std::string rows = "  - {id: 5b69d0349b15c62cdfc38b78, name: a, org: " + kOrgA +
                           "}\n  - {id: 5b69d0349b15c62cdfc38b79, name: b, org: " + kOrgB + "}\n";
  StillAtlas still("projects:\n" + rows);
  EXPECT_EQ(YAML::Load(still.get(kGroups).body)["results"].size(), 2U);
  const YAML::Node own = YAML::Load(still.get("/api/atlas/v2/orgs/" + kOrgB + "/groups").body);
  ASSERT_EQ(own["results"].size(), 1U);
  EXPECT_EQ(own["results"][0]["name"].as<std::string>(), "b");
}

TEST_F(DiscoveryTest, AProjectTellsItsOrganizationTagsAndNumberOfClusters) {
  const YAML::Node listed = row(kGroups, "prod-payments");
  const YAML::Node alone = YAML::Load(get_as("all-a", project_).body);
  for (const auto& project : {listed, alone}) {
    EXPECT_EQ(project["id"].as<std::string>(), kProjectId);
    EXPECT_EQ(project["orgId"].as<std::string>(), kOrgA);
    EXPECT_EQ(project["clusterCount"].as<int>(), 6) << "without the deleted one";
    EXPECT_EQ(project["tags"][1]["key"].as<std::string>(), "team");
    EXPECT_EQ(project["tags"][1]["value"].as<std::string>(), "pay");
  }
  EXPECT_EQ(row(kGroups, "test")["clusterCount"].as<int>(), 0);
}

TEST_F(DiscoveryTest, ProjectsOfOthersAreDeniedAndUnknownOnesNotFound) {
  for (const char* rest : {"", "/clusters", "/flexClusters", "/serverless"}) {
    EXPECT_EQ(get_as("all-b", project_ + rest).status, 403) << rest;
    const Answer unknown = get_as("all-b", kGroups + "/000000000000000000000000" + rest);
    EXPECT_EQ(unknown.status, 404) << rest;
    EXPECT_EQ(header(unknown, "X-Error-Code"), "GROUP_NOT_FOUND") << rest;
  }
}

TEST_F(DiscoveryTest, EachFamilyHasAListOfItsOwn) {
  EXPECT_EQ(names_as("all-a", project_ + "/clusters"), (Names{"dedi", "off", "shared", "zero"}));
  EXPECT_EQ(names_as("all-a", project_ + "/flexClusters"), Names{"flexy"});
  EXPECT_EQ(names_as("all-a", project_ + "/serverless"), Names{"less"});
}

TEST_F(DiscoveryTest, DeletedClustersWithBackupsAreListedWhenAsked) {
  const std::string query = "includeDeletedWithRetainedBackups=";
  EXPECT_EQ(names_as("all-a", project_ + "/clusters", query + "true").back(), "kept");
  EXPECT_EQ(names_as("all-a", project_ + "/clusters", query + "false").back(), "zero");
  EXPECT_EQ(get_as("all-a", project_ + "/clusters", query + "perhaps").status, 400);
  EXPECT_EQ(header(get_as("all-a", project_ + "/clusters/kept/backup/restoreJobs"), "X-Error-Code"),
            "CLUSTER_NOT_FOUND");
}

TEST_F(DiscoveryTest, AClusterTellsWhatAWatcherNeeds) {
  const YAML::Node dedicated = row(project_ + "/clusters", "dedi");
  EXPECT_EQ(dedicated["groupId"].as<std::string>(), kProjectId);
  EXPECT_EQ(dedicated["clusterType"].as<std::string>(), "SHARDED");
  EXPECT_TRUE(dedicated["backupEnabled"].as<bool>());
  EXPECT_TRUE(dedicated["pitEnabled"].as<bool>());
  EXPECT_TRUE(dedicated["paused"].as<bool>());
  EXPECT_EQ(dedicated["stateName"].as<std::string>(), "IDLE");
  EXPECT_EQ(dedicated["createDate"].as<std::string>(), "2023-05-07T00:00:00Z");
  EXPECT_EQ(dedicated["tags"][0]["value"].as<std::string>(), "prod");
  EXPECT_EQ(dedicated["replicationSpecs"].size(), 2U) << "one for each shard";
  EXPECT_NE(dedicated["connectionStrings"]["standardSrv"].as<std::string>().find("SECRET"),
            std::string::npos);
  EXPECT_FALSE(row(project_ + "/clusters", "off")["backupEnabled"].as<bool>());
}

struct Size {
  const char* cluster;
  const char* provider;
  const char* size;
  bool backups;
};

TEST_F(DiscoveryTest, ProviderAndInstanceSizeTellFreeAndSharedFromDedicated) {
  for (const auto& [cluster, provider, size, backups] :
       {Size{"dedi", "AWS", "M10", true}, Size{"off", "AWS", "M40", false},
        Size{"shared", "TENANT", "M5", true}, Size{"zero", "TENANT", "M0", false}}) {
    const YAML::Node found = row(project_ + "/clusters", cluster);
    const YAML::Node region = found["replicationSpecs"][0]["regionConfigs"][0];
    EXPECT_EQ(region["providerName"].as<std::string>(), provider) << cluster;
    EXPECT_EQ(region["electableSpecs"]["instanceSize"].as<std::string>(), size) << cluster;
    EXPECT_EQ(found["backupEnabled"].as<bool>(), backups) << cluster;
  }
}

TEST_F(DiscoveryTest, FlexAndServerlessTellTheirProviderAndBackups) {
  const YAML::Node flex = row(project_ + "/flexClusters", "flexy");
  EXPECT_EQ(flex["id"].as<std::string>(), "0123456789abcdef01234567");
  EXPECT_EQ(flex["createDate"].as<std::string>(), "2026-01-01T00:00:00Z");
  EXPECT_EQ(flex["providerSettings"]["providerName"].as<std::string>(), "FLEX");
  EXPECT_EQ(flex["providerSettings"]["backingProviderName"].as<std::string>(), "AWS");
  EXPECT_TRUE(flex["backupSettings"]["enabled"].as<bool>());
  const YAML::Node less = row(project_ + "/serverless", "less");
  EXPECT_EQ(less["providerSettings"]["providerName"].as<std::string>(), "SERVERLESS");
}

TEST_F(DiscoveryTest, OldVersionsOfTheClusterListAnnounceTheirEnd) {
  ApiRequest request = get_request(project_ + "/clusters");
  request.authorization = "Bearer none";
  StillAtlas open(cluster_scenario("sharded: true"));
  for (const char* version : {"2023-01-01", "2023-02-01", "2024-08-05"}) {
    request.accept = "application/vnd.atlas." + std::string(version) + "+json";
    const Answer answer = open.ask(request);
    const bool old = std::string(version) < "2024";
    EXPECT_EQ(header(answer, "Deprecation"), old ? "Mon, 5 Aug 2024 00:00:00 GMT" : "");
    EXPECT_EQ(header(answer, "Sunset"), old ? "Thu, 1 Jul 2027 00:00:00 GMT" : "");
    EXPECT_NE(answer.content_type.find(version), std::string::npos);
    const YAML::Node specs = YAML::Load(answer.body)["results"][0]["replicationSpecs"];
    EXPECT_EQ(specs.size(), old ? 1U : 2U);
    EXPECT_EQ(specs[0]["numShards"].IsDefined(), old);
  }
}

TEST_F(DiscoveryTest, ASingleClusterIsFoundByTheApiOfItsFamilyOnly) {
  EXPECT_EQ(
      YAML::Load(get_as("all-a", project_ + "/flexClusters/flexy").body)["name"].as<std::string>(),
      "flexy");
  EXPECT_EQ(header(get_as("all-a", project_ + "/clusters/flexy"), "X-Error-Code"),
            "CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API");
  EXPECT_EQ(header(get_as("all-a", project_ + "/flexClusters/dedi"), "X-Error-Code"),
            "CANNOT_USE_NON_FLEX_CLUSTER_IN_FLEX_API");
  EXPECT_EQ(header(get_as("all-a", project_ + "/serverless/dedi"), "X-Error-Code"),
            "CANNOT_USE_CLUSTER_IN_SERVERLESS_INSTANCE_API");
  EXPECT_EQ(header(get_as("all-a", project_ + "/clusters/none"), "X-Error-Code"),
            "CLUSTER_NOT_FOUND");
}

TEST_F(DiscoveryTest, AReaderMayListFlexAndTenantJobsOnly) {
  const auto status = [&](const std::string& credential, Source source, const std::string& name) {
    return get_as(credential, jobs_path(Generation::V2, source, kProjectId, name)).status;
  };
  EXPECT_EQ(status("some-a", Source::Flex, "flexy"), 200);
  EXPECT_EQ(status("some-a", Source::Tenant, "shared"), 200);
  EXPECT_EQ(status("some-a", Source::Dedicated, "dedi"), 403);
  EXPECT_EQ(status("some-a", Source::Collection, "dedi"), 403);
  EXPECT_EQ(status("some-a", Source::Serverless, "less"), 403);
  EXPECT_EQ(status("all-a", Source::Serverless, "less"), 200) << "an owner, by default";
}

TEST(RoleTest, ABackupManagerMayListAllButServerlessJobs) {
  StillAtlas still(R"(
denied: 401
credentials: [{name: a, client_id: a, client_secret: s}]
projects:
  - id: 5b69d0349b15c62cdfc38b78
    roles: {a: backup_manager}
)");
  const World world(still.atlas.scenario(), *StillAtlas::start());
  const Project& project = world.projects().front();
  const Reader reader{"a", std::string(kUsualOrganization)};
  for (const Source source : kSources) {
    EXPECT_EQ(may_list(project, reader, source), source != Source::Serverless);
  }
}

TEST_F(DiscoveryTest, EachEndpointSetHasItsOwnBucket) {
  const auto left = [&](const std::string& path) {
    return header(get_as("all-a", path), "RateLimit-Remaining");
  };
  const auto jobs = [](Source source, const std::string& name) {
    return jobs_path(Generation::V2, source, kProjectId, name);
  };
  EXPECT_EQ(left(kGroups), "1199");
  EXPECT_EQ(left(project_), "1199");
  EXPECT_EQ(left("/api/atlas/v2/orgs/" + kOrgA + "/groups"), "499");
  EXPECT_EQ(left(project_ + "/clusters"), "9999");
  EXPECT_EQ(left(project_ + "/flexClusters"), "1199");
  EXPECT_EQ(left(jobs(Source::Flex, "flexy")), "1199");
  EXPECT_EQ(left(jobs(Source::Dedicated, "dedi")), "1199");
  EXPECT_EQ(left(jobs(Source::Dedicated, "off")), "1198") << "a cluster has none of its own";
  EXPECT_EQ(left(jobs(Source::Collection, "dedi")), "1197");
  EXPECT_EQ(left(kGroups + "/5b69d0349b15c62cdfc38b79/clusters"), "9999") << "another project";
}

TEST(RateTest, SingleSetsHaveLimitsOfTheirOwn) {
  StillAtlas still("rate_limit: {capacity: 5}\nrate_limits: {clusters: {capacity: 7}}\n" +
                   cluster_scenario("tier: flex"));
  const auto limit = [&](const std::string& path) {
    return header(still.get(path), "RateLimit-Limit");
  };
  EXPECT_EQ(limit(jobs_of_prod_a(Source::Flex)), "5");
  EXPECT_EQ(limit(jobs_of_prod_a(Source::Dedicated)), "5");
  EXPECT_EQ(limit(kGroups + '/' + kProjectId + "/clusters"), "7");
  EXPECT_EQ(limit(kGroups), "1200");
}

}  // namespace
}  // namespace atlas_simulator
