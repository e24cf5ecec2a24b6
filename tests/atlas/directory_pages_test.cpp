#include "atlas/directory_pages.h"

#include <gtest/gtest.h>

#include "atlas/cluster_merge.h"
#include "atlas/fixture.h"
#include "atlas/job_samples.h"

namespace restorewatch {
namespace {

const std::string kId = "6a79a0005f1c2b3d4e5f6071";

ClusterPage clusters_of(const std::string& rows, Tier listed_as = Tier::Dedicated) {
  JsonParser parser;
  std::string body = R"({"results":[)" + rows + "]}";
  auto page = decode_clusters(listed_as, parser, body);
  EXPECT_TRUE(page) << rows << page.error().detail;
  return page ? *page : ClusterPage{};
}

Cluster cluster_of(const std::string& members, Tier listed_as = Tier::Dedicated) {
  const ClusterPage page = clusters_of(R"({"name":"a",)" + members + "}", listed_as);
  EXPECT_EQ(page.rows.size(), 1U) << members;
  return page.rows.empty() ? Cluster{} : page.rows[0];
}

std::string region(const std::string& provider, const std::string& size) {
  return R"("replicationSpecs":[{"regionConfigs":[{"providerName":")" + provider +
         R"(","electableSpecs":{"instanceSize":")" + size + R"("}}]}])";
}

TEST(DirectoryPagesTest, TheTierIsKnownByProviderAndSize) {
  EXPECT_EQ(cluster_of(region("AWS", "M10")).tier, Tier::Dedicated);
  EXPECT_EQ(cluster_of(region("TENANT", "M0")).tier, Tier::Free);
  EXPECT_EQ(cluster_of(region("TENANT", "M2")).tier, Tier::Tenant);
  EXPECT_EQ(cluster_of(region("TENANT", "M5")).tier, Tier::Tenant);
  EXPECT_EQ(cluster_of(region("FLEX", "FLEX")).tier, Tier::Flex);
  EXPECT_EQ(cluster_of(region("FLEX", "")).tier, Tier::Flex);
  EXPECT_EQ(
      cluster_of(R"("providerSettings":{"providerName":"TENANT","instanceSizeName":"M2"})").tier,
      Tier::Tenant);
  EXPECT_EQ(cluster_of(R"("providerSettings":{"providerName":"SERVERLESS"})").tier,
            Tier::Serverless);
  EXPECT_EQ(cluster_of(R"("paused":false)").tier, Tier::Dedicated);
  EXPECT_EQ(cluster_of(region("AWS", "M10"), Tier::Flex).tier, Tier::Flex);
}

TEST(DirectoryPagesTest, WhatIsMerelyWrongIsPassedOver) {
  Cluster plain;
  plain.name = "a";
  EXPECT_EQ(cluster_of(R"("paused":"yes","stateName":7,"backupEnabled":null,"tags":{"key":"a"},
                          "createDate":"soon","id":null,"backupSettings":[],"providerSettings":3,
                          "replicationSpecs":[7,{"regionConfigs":[null,{"electableSpecs":[]}]}])"),
            plain);
}

TEST(DirectoryPagesTest, TagsAreKeptWhereTheyAreFit) {
  EXPECT_EQ(cluster_of(R"("tags":[{"key":"a","value":"1"},{"key":"","value":"2"},{"key":"c"},
                          {"key":"d\n","value":"4"},{"value":"5"},7,{"key":"e","value":6}])")
                .tags,
            (Tags{{"a", "1"}, {"c", ""}, {"e", ""}}));
}

TEST(DirectoryPagesTest, WhatIsBeingDeletedCountsAsDeleted) {
  EXPECT_TRUE(cluster_of(R"("stateName":"DELETED")").deleted);
  EXPECT_TRUE(cluster_of(R"("stateName":"DELETING")").deleted);
  EXPECT_FALSE(cluster_of(R"("stateName":"IDLE")").deleted);
}

TEST(DirectoryPagesTest, OddClustersAreToldAndTheOthersRead) {
  const ClusterPage page =
      clusters_of(R"({"name":"a"},{"name":""},{"id":")" + kId +
                  R"("},{"name":"b\n"},7,{"name":"c","id":"{id}"},{"name":"d"})");
  ASSERT_EQ(page.rows.size(), 2U);
  EXPECT_EQ(page.rows[1].name, "d");
  ASSERT_EQ(page.odd.size(), 5U);
  EXPECT_EQ(page.odd[1].name, kId);
  EXPECT_EQ(page.odd[1].reason, "name: not a name");
  EXPECT_EQ(page.odd[4].name, "c");
  EXPECT_EQ(page.odd[4].reason, "id: not 24 hex digits");
}

TEST(DirectoryPagesTest, OddProjectsAreToldAndTheOthersRead) {
  JsonParser parser;
  std::string body = R"({"results":[{"name":"a"},{"id":")" + kId + R"("},{"id":")" + kId +
                     R"(","name":"b"},{"id":7,"name":"c"},null]})";
  const auto page = decode_projects(parser, body);
  ASSERT_TRUE(page);
  ASSERT_EQ(page->rows.size(), 1U);
  EXPECT_EQ(page->rows[0].name, "b");
  EXPECT_EQ(page->odd.size(), 4U);
}

TEST(DirectoryPagesTest, NoConnectionStringIsKept) {
  JsonParser parser;
  std::string body = fixture("directory/clusters.json");
  const auto page = decode_clusters(Tier::Dedicated, parser, body);
  ASSERT_TRUE(page);
  for (const Cluster& cluster : page->rows) {
    EXPECT_EQ(cluster.name.find("hunter2"), std::string::npos);
    for (const auto& [key, text] : cluster.tags) EXPECT_EQ(text.find("hunter2"), std::string::npos);
  }
}

TEST(DirectoryPagesTest, TruncatedListsAreMalformed) {
  JsonParser parser;
  for (const char* name : {"directory/clusters.json", "directory/projects.json"}) {
    const std::string whole = fixture(name);
    for (std::size_t size = 0; size + 2 < whole.size(); size += 3) {
      std::string body = whole.substr(0, size);
      EXPECT_FALSE(decode_clusters(Tier::Dedicated, parser, body)) << size;
      body = whole.substr(0, size);
      EXPECT_FALSE(decode_projects(parser, body)) << size;
    }
  }
}

Cluster row(const std::string& name, const std::string& id = "", bool deleted = false) {
  Cluster cluster;
  cluster.name = name;
  cluster.deleted = deleted;
  if (!id.empty()) cluster.id = id_of(id);
  return cluster;
}

TEST(ClusterMergeTest, SameIdIsTheSameClusterAndTheLaterRowCounts) {
  Cluster renamed = row("b", kId);
  renamed.paused = true;
  EXPECT_EQ(merged({row("a", kId), renamed}), std::vector{renamed});
}

TEST(ClusterMergeTest, SameNameIsTheSameClusterWhereAnIdIsMissing) {
  EXPECT_EQ(merged({row("a"), row("a", kId)}), std::vector{row("a", kId)});
  EXPECT_EQ(merged({row("a", kId), row("a")}), std::vector{row("a")});
  EXPECT_EQ(merged({row("a"), row("A")}).size(), 2U);
}

TEST(ClusterMergeTest, ADeletedClustersNameMayBeAnothers) {
  const std::string other = "6a79a0405f1c2b3d4e5f6072";
  EXPECT_EQ(merged({row("a", kId, true), row("a", other)}).size(), 2U);
  EXPECT_EQ(merged({row("a", other), row("a", kId, true)}).size(), 2U);
  EXPECT_EQ(merged({row("a", kId, true), row("a")}).size(), 2U);
}

}  // namespace
}  // namespace restorewatch
