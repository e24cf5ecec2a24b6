#include <yaml-cpp/yaml.h>

#include <gtest/gtest.h>

#include "simulator/api_fixture.h"
#include "simulator/canonical_json.h"

namespace atlas_simulator {
namespace {

using namespace std::chrono_literals;

/// One source's answer about a job of 100 s, at one moment of its life.
struct Shape {
  const char* name;
  Source source;
  Generation generation;
  const char* tier;     // key of the cluster
  const char* job;      // keys
  Millis after;         // its creation
  const char* ignored;  // a member that is there or not by chance, which other tests look at
  const char* body;     // canonical; what is drawn is replaced by a word
};

/// What is drawn, or the same in every job, under names of its own.
std::string named(std::string text, const std::string& id) {
  text = replaced(text, id, "<id>");
  text = replaced(text, kProjectId, "<project>");
  text = replaced(text, "[0-9a-f]{24}(?=[\"/])", "<snapshot>");
  text = replaced(text, "2026-01-30T[0-9:]{8}Z", "<snapshot time>");
  text = replaced(text, "https://restore-[0-9a-f]{8}[^\"]*/SECRETLINK[^\"]*", "<link>");
  text = replaced(text, "\"atlas-[0-9a-f]{6}\"", "\"atlas-<x>\"");
  text = replaced(text, "(\"(?:restored|total)Documents\":)[1-9][0-9]*", "$1<many>");
  text = replaced(text, "(\"failedCollectionCount\":)[1-5]", "$1<some>");
  text = replaced(text, "CREATE_NEW|OVERWRITE_EXISTING", "<strategy>");
  return text;
}

class ShapeTest : public testing::TestWithParam<Shape> {
 protected:
  static std::string scenario() {
    return cluster_scenario(std::string(GetParam().tier) +
                            ", jobs: [{at: 0s, takes: 100s, source: " +
                            std::string(word_of(GetParam().source)) + ", " + GetParam().job + "}]");
  }

  static std::string_view word_of(Source source) {
    constexpr std::array<std::string_view, 5> kWords{"dedicated", "flex", "collection",
                                                     "serverless", "tenant"};
    return kWords[static_cast<std::size_t>(source)];
  }

  static std::string shape(const YAML::Node& job) {
    return named(canonical(job, {"links", GetParam().ignored}), job["id"].as<std::string>());
  }
};

TEST_P(ShapeTest, IsTheSameInTheListAndAlone) {
  StillAtlas still(scenario());
  still.atlas.advance(GetParam().after);
  const std::string path = jobs_of_prod_a(GetParam().source, GetParam().generation);
  const Answer list = still.get(path);
  ASSERT_EQ(list.status, 200) << list.body;
  const YAML::Node jobs = YAML::Load(list.body)["results"];
  ASSERT_EQ(jobs.size(), 1U);
  EXPECT_EQ(shape(jobs[0]), GetParam().body);
  const Answer one = still.get(path + '/' + jobs[0]["id"].as<std::string>());
  ASSERT_EQ(one.status, 200) << one.body;
  EXPECT_EQ(shape(YAML::Load(one.body)), GetParam().body);
}

constexpr auto kV1 = Generation::V1;
constexpr auto kV2 = Generation::V2;

INSTANTIATE_TEST_SUITE_P(
    Dedicated, ShapeTest,
    testing::Values(
        Shape{"DedicatedRunning", Source::Dedicated, kV2, "tier: dedicated",
              "target_cluster: drill", 1s, "",
              R"({"cancelled":false,"deliveryType":"automated","deliveryUrl":[],)"
              R"("desiredTimestamp":{"date":null,"increment":null,"time":null},"expired":false,)"
              R"("failed":false,"id":"<id>","snapshotId":"<snapshot>",)"
              R"("targetClusterName":"drill","targetDeploymentItemName":"atlas-<x>",)"
              R"("targetGroupId":"<project>","timestamp":"<snapshot time>"})"},
        Shape{"DedicatedCompleted", Source::Dedicated, kV2, "tier: dedicated", "end: completed",
              101s, "",
              R"({"cancelled":false,"deliveryType":"automated","deliveryUrl":[],)"
              R"("desiredTimestamp":{"date":null,"increment":null,"time":null},"expired":false,)"
              R"("failed":false,"finishedAt":"2026-01-31T00:01:40Z","id":"<id>",)"
              R"("snapshotId":"<snapshot>","targetClusterName":"prod-a",)"
              R"("targetDeploymentItemName":"atlas-<x>","targetGroupId":"<project>",)"
              R"("timestamp":"<snapshot time>"})"},
        Shape{"DedicatedFailed", Source::Dedicated, kV2, "tier: dedicated", "end: failed", 101s,
              "finishedAt",
              R"({"cancelled":false,"deliveryType":"automated","deliveryUrl":[],)"
              R"("desiredTimestamp":{"date":null,"increment":null,"time":null},"expired":false,)"
              R"("failed":true,"id":"<id>","snapshotId":"<snapshot>",)"
              R"("targetClusterName":"prod-a","targetDeploymentItemName":"atlas-<x>",)"
              R"("targetGroupId":"<project>","timestamp":"<snapshot time>"})"},
        Shape{"DedicatedCancelled", Source::Dedicated, kV2, "tier: dedicated", "end: cancelled",
              101s, "finishedAt",
              R"({"cancelled":true,"deliveryType":"download","deliveryUrl":[],)"
              R"("desiredTimestamp":{"date":null,"increment":null,"time":null},"expired":false,)"
              R"("failed":false,"id":"<id>","snapshotId":"<snapshot>",)"
              R"("timestamp":"<snapshot time>"})"},
        Shape{"DedicatedReady", Source::Dedicated, kV2, "tier: dedicated", "end: ready", 101s, "",
              R"({"cancelled":false,"deliveryType":"download","deliveryUrl":["<link>"],)"
              R"("desiredTimestamp":{"date":null,"increment":null,"time":null},"expired":false,)"
              R"("expiresAt":"2026-01-31T01:01:40Z","failed":false,"id":"<id>",)"
              R"("snapshotId":"<snapshot>","timestamp":"<snapshot time>"})"},
        Shape{"DedicatedExpired", Source::Dedicated, kV2, "tier: dedicated", "end: expired", 2h, "",
              R"({"cancelled":false,"deliveryType":"download","deliveryUrl":[],)"
              R"("desiredTimestamp":{"date":null,"increment":null,"time":null},"expired":true,)"
              R"("expiresAt":"2026-01-31T01:01:40Z","failed":false,"id":"<id>",)"
              R"("snapshotId":"<snapshot>","timestamp":"<snapshot time>"})"},
        Shape{"DedicatedRunningV1", Source::Dedicated, kV1, "tier: dedicated", "end: completed", 1s,
              "failed",
              R"({"cancelled":false,"deliveryType":"automated","deliveryUrl":[],)"
              R"("desiredTimestamp":{"date":null,"increment":null,"time":null},"expired":false,)"
              R"("id":"<id>","snapshotId":"<snapshot>","targetClusterName":"prod-a",)"
              R"("targetDeploymentItemName":"atlas-<x>","targetGroupId":"<project>",)"
              R"("timestamp":"<snapshot time>"})"},
        Shape{"DedicatedCompletedV1", Source::Dedicated, kV1, "tier: dedicated", "end: completed",
              101s, "failed",
              R"({"cancelled":false,"deliveryType":"automated","deliveryUrl":[],)"
              R"("desiredTimestamp":{"date":null,"increment":null,"time":null},"expired":false,)"
              R"("finishedAt":"2026-01-31T00:01:40Z","id":"<id>","snapshotId":"<snapshot>",)"
              R"("targetClusterName":"prod-a","targetDeploymentItemName":"atlas-<x>",)"
              R"("targetGroupId":"<project>","timestamp":"<snapshot time>"})"}),
    [](const auto& shape) { return std::string(shape.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Flex, ShapeTest,
    testing::Values(
        Shape{"FlexPending", Source::Flex, kV2, "tier: flex", "pending: 20s, queued: 20s", 19s, "",
              R"({"deliveryType":"RESTORE","expirationDate":"2026-01-31T06:00:00Z","id":"<id>",)"
              R"("instanceName":"prod-a","projectId":"<project>",)"
              R"("restoreScheduledDate":"2026-01-31T00:00:00Z",)"
              R"("snapshotFinishedDate":"<snapshot time>","snapshotId":"<snapshot>",)"
              R"("status":"PENDING","targetDeploymentItemName":"prod-a",)"
              R"("targetProjectId":"<project>"})"},
        Shape{"FlexQueued", Source::Flex, kV2, "tier: flex", "pending: 20s, queued: 20s", 39s, "",
              R"({"deliveryType":"RESTORE","expirationDate":"2026-01-31T06:00:00Z","id":"<id>",)"
              R"("instanceName":"prod-a","projectId":"<project>",)"
              R"("restoreScheduledDate":"2026-01-31T00:00:00Z",)"
              R"("snapshotFinishedDate":"<snapshot time>","snapshotId":"<snapshot>",)"
              R"("status":"QUEUED","targetDeploymentItemName":"prod-a",)"
              R"("targetProjectId":"<project>"})"},
        Shape{"FlexRunning", Source::Flex, kV2, "tier: flex",
              "pending: 20s, queued: 20s, target_cluster: drill", 40s, "",
              R"({"deliveryType":"RESTORE","expirationDate":"2026-01-31T06:00:00Z","id":"<id>",)"
              R"("instanceName":"prod-a","projectId":"<project>",)"
              R"("restoreScheduledDate":"2026-01-31T00:00:00Z",)"
              R"("snapshotFinishedDate":"<snapshot time>","snapshotId":"<snapshot>",)"
              R"("status":"RUNNING","targetDeploymentItemName":"drill",)"
              R"("targetProjectId":"<project>"})"},
        Shape{"FlexCompleted", Source::Flex, kV2, "tier: flex", "end: completed", 101s, "",
              R"({"deliveryType":"RESTORE","expirationDate":"2026-01-31T06:00:00Z","id":"<id>",)"
              R"("instanceName":"prod-a","projectId":"<project>",)"
              R"("restoreFinishedDate":"2026-01-31T00:01:40Z",)"
              R"("restoreScheduledDate":"2026-01-31T00:00:00Z",)"
              R"("snapshotFinishedDate":"<snapshot time>","snapshotId":"<snapshot>",)"
              R"("status":"COMPLETED","targetDeploymentItemName":"prod-a",)"
              R"("targetProjectId":"<project>"})"},
        Shape{"FlexClosed", Source::Flex, kV2, "tier: flex", "end: completed, closed: true", 101s,
              "",
              R"({"deliveryType":"RESTORE","expirationDate":"2026-01-31T06:00:00Z","id":"<id>",)"
              R"("instanceName":"prod-a","projectId":"<project>",)"
              R"("restoreFinishedDate":"2026-01-31T00:01:40Z",)"
              R"("restoreScheduledDate":"2026-01-31T00:00:00Z",)"
              R"("snapshotFinishedDate":"<snapshot time>","snapshotId":"<snapshot>",)"
              R"("status":"CLOSED","targetDeploymentItemName":"prod-a",)"
              R"("targetProjectId":"<project>"})"},
        Shape{"FlexFailed", Source::Flex, kV2, "tier: flex", "end: failed", 101s,
              "restoreFinishedDate",
              R"({"deliveryType":"RESTORE","expirationDate":"2026-01-31T06:00:00Z","id":"<id>",)"
              R"("instanceName":"prod-a","projectId":"<project>",)"
              R"("restoreScheduledDate":"2026-01-31T00:00:00Z",)"
              R"("snapshotFinishedDate":"<snapshot time>","snapshotId":"<snapshot>",)"
              R"("status":"FAILED","targetDeploymentItemName":"prod-a",)"
              R"("targetProjectId":"<project>"})"},
        Shape{"FlexDownloadRunning", Source::Flex, kV2, "tier: flex",
              "delivery: download, pending: 0s, queued: 0s", 50s, "",
              R"({"deliveryType":"DOWNLOAD","expirationDate":"2026-01-31T06:00:00Z",)"
              R"("id":"<id>","instanceName":"prod-a","projectId":"<project>",)"
              R"("restoreScheduledDate":"2026-01-31T00:00:00Z",)"
              R"("snapshotFinishedDate":"<snapshot time>","snapshotId":"<snapshot>",)"
              R"("status":"RUNNING"})"},
        Shape{"FlexDownloadCompleted", Source::Flex, kV2, "tier: flex", "delivery: download", 101s,
              "",
              R"({"deliveryType":"DOWNLOAD","expirationDate":"2026-01-31T06:00:00Z",)"
              R"("id":"<id>","instanceName":"prod-a","projectId":"<project>",)"
              R"("restoreFinishedDate":"2026-01-31T00:01:40Z",)"
              R"("restoreScheduledDate":"2026-01-31T00:00:00Z",)"
              R"("snapshotFinishedDate":"<snapshot time>","snapshotId":"<snapshot>",)"
              R"("snapshotUrl":"<link>","status":"COMPLETED"})"}),
    [](const auto& shape) { return std::string(shape.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Collection, ShapeTest,
    testing::Values(
        Shape{"CollectionInitializing", Source::Collection, kV2, "tier: dedicated", "pending: 20s",
              19s, "",
              R"({"collections":["shop.orders","shop.baskets"],)"
              R"("createdAt":"2026-01-31T00:00:00Z","databases":[],"id":"<id>",)"
              R"("indexStrategy":"ALL","restoredDocuments":0,"snapshotId":"<snapshot>",)"
              R"("state":"INITIALIZING","targetClusterName":"prod-a",)"
              R"("targetGroupId":"<project>","totalDocuments":<many>,)"
              R"("writeStrategy":"<strategy>"})"},
        Shape{"CollectionInProgress", Source::Collection, kV2, "tier: dedicated", "pending: 20s",
              60s, "",
              R"({"collections":["shop.orders","shop.baskets"],)"
              R"("createdAt":"2026-01-31T00:00:00Z","databases":[],"id":"<id>",)"
              R"("indexStrategy":"ALL","restoredDocuments":<many>,"snapshotId":"<snapshot>",)"
              R"("state":"IN_PROGRESS","targetClusterName":"prod-a",)"
              R"("targetGroupId":"<project>","totalDocuments":<many>,)"
              R"("writeStrategy":"<strategy>"})"},
        Shape{"CollectionFinalizing", Source::Collection, kV2, "tier: dedicated", "pending: 20s",
              90s, "",
              R"({"collections":["shop.orders","shop.baskets"],)"
              R"("createdAt":"2026-01-31T00:00:00Z","databases":[],"id":"<id>",)"
              R"("indexStatus":{"failedCollectionCount":0,"state":"IN_PROGRESS"},)"
              R"("indexStrategy":"ALL","restoredDocuments":<many>,"snapshotId":"<snapshot>",)"
              R"("state":"FINALIZING","targetClusterName":"prod-a","targetGroupId":"<project>",)"
              R"("totalDocuments":<many>,"writeStrategy":"<strategy>"})"},
        Shape{"CollectionSuccessful", Source::Collection, kV2, "tier: dedicated", "partial: false",
              101s, "",
              R"({"collections":["shop.orders","shop.baskets"],)"
              R"("createdAt":"2026-01-31T00:00:00Z","databases":[],)"
              R"("finishedAt":"2026-01-31T00:01:40Z","id":"<id>",)"
              R"("indexStatus":{"failedCollectionCount":0,"state":"COMPLETED"},)"
              R"("indexStrategy":"ALL","restoredDocuments":<many>,"snapshotId":"<snapshot>",)"
              R"("state":"SUCCESSFUL","targetClusterName":"prod-a","targetGroupId":"<project>",)"
              R"("totalDocuments":<many>,"writeStrategy":"<strategy>"})"},
        Shape{"CollectionPartial", Source::Collection, kV2, "tier: dedicated", "partial: true",
              101s, "",
              R"({"collections":["shop.orders","shop.baskets"],)"
              R"("createdAt":"2026-01-31T00:00:00Z","databases":[],)"
              R"("finishedAt":"2026-01-31T00:01:40Z","id":"<id>",)"
              R"("indexStatus":{"failedCollectionCount":<some>,"state":"COMPLETED"},)"
              R"("indexStrategy":"ALL","restoredDocuments":<many>,"snapshotId":"<snapshot>",)"
              R"("state":"SUCCESSFUL","targetClusterName":"prod-a","targetGroupId":"<project>",)"
              R"("totalDocuments":<many>,"writeStrategy":"<strategy>"})"},
        Shape{"CollectionCanceled", Source::Collection, kV2, "tier: dedicated", "end: cancelled",
              101s, "finishedAt",
              R"({"collections":["shop.orders","shop.baskets"],)"
              R"("createdAt":"2026-01-31T00:00:00Z","databases":[],"id":"<id>",)"
              R"("indexStatus":{"failedCollectionCount":0,"state":"IN_PROGRESS"},)"
              R"("indexStrategy":"ALL","restoredDocuments":<many>,"snapshotId":"<snapshot>",)"
              R"("state":"CANCELED","targetClusterName":"prod-a","targetGroupId":"<project>",)"
              R"("totalDocuments":<many>,"writeStrategy":"<strategy>"})"},
        Shape{"CollectionFailed", Source::Collection, kV2, "tier: dedicated",
              "end: failed, error: index build failed", 101s, "finishedAt",
              R"({"collections":["shop.orders","shop.baskets"],)"
              R"("createdAt":"2026-01-31T00:00:00Z","databases":[],)"
              R"("errorMessage":"index build failed","id":"<id>",)"
              R"("indexStatus":{"failedCollectionCount":0,"state":"FAILED"},)"
              R"("indexStrategy":"ALL","restoredDocuments":<many>,"snapshotId":"<snapshot>",)"
              R"("state":"FAILED","targetClusterName":"prod-a","targetGroupId":"<project>",)"
              R"("totalDocuments":<many>,"writeStrategy":"<strategy>"})"}),
    [](const auto& shape) { return std::string(shape.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Serverless, ShapeTest,
    testing::Values(
        Shape{"ServerlessRunning", Source::Serverless, kV2, "tier: serverless",
              "target_cluster: drill", 1s, "",
              R"({"cancelled":false,"deliveryType":"automated","deliveryUrl":[],)"
              R"("desiredTimestamp":{"date":null,"increment":null,"time":null},"expired":false,)"
              R"("expiresAt":"2026-05-31T00:00:00Z","failed":false,"id":"<id>",)"
              R"("snapshotId":"<snapshot>","targetClusterName":"drill",)"
              R"("targetDeploymentItemName":"atlas-<x>","targetGroupId":"<project>",)"
              R"("timestamp":"<snapshot time>"})"},
        Shape{"ServerlessCompleted", Source::Serverless, kV2, "tier: serverless", "end: completed",
              101s, "",
              R"({"cancelled":false,"deliveryType":"automated","deliveryUrl":[],)"
              R"("desiredTimestamp":{"date":null,"increment":null,"time":null},"expired":false,)"
              R"("expiresAt":"2026-05-31T00:00:00Z","failed":false,)"
              R"("finishedAt":"2026-01-31T00:01:40Z","id":"<id>","snapshotId":"<snapshot>",)"
              R"("targetClusterName":"prod-a","targetDeploymentItemName":"atlas-<x>",)"
              R"("targetGroupId":"<project>","timestamp":"<snapshot time>"})"},
        Shape{"ServerlessFailed", Source::Serverless, kV2, "tier: serverless", "end: failed", 101s,
              "finishedAt",
              R"({"cancelled":false,"deliveryType":"automated","deliveryUrl":[],)"
              R"("desiredTimestamp":{"date":null,"increment":null,"time":null},"expired":false,)"
              R"("expiresAt":"2026-05-31T00:00:00Z","failed":true,"id":"<id>",)"
              R"("snapshotId":"<snapshot>","targetClusterName":"prod-a",)"
              R"("targetDeploymentItemName":"atlas-<x>","targetGroupId":"<project>",)"
              R"("timestamp":"<snapshot time>"})"},
        Shape{"ServerlessExpired", Source::Serverless, kV2, "tier: serverless", "end: expired",
              101s, "",
              R"({"cancelled":false,"deliveryType":"automated","deliveryUrl":[],)"
              R"("desiredTimestamp":{"date":null,"increment":null,"time":null},"expired":true,)"
              R"("expiresAt":"2026-01-31T00:01:40Z","failed":false,"id":"<id>",)"
              R"("snapshotId":"<snapshot>","targetClusterName":"prod-a",)"
              R"("targetDeploymentItemName":"atlas-<x>","targetGroupId":"<project>",)"
              R"("timestamp":"<snapshot time>"})"},
        Shape{"ServerlessRunningV1", Source::Serverless, kV1, "tier: serverless",
              "target_cluster: drill", 1s, "createdAt",
              R"({"cancelled":false,"deliveryType":"automated","deliveryUrl":[],)"
              R"("expired":false,"expiresAt":"2026-05-31T00:00:00Z","failed":false,"id":"<id>",)"
              R"("snapshotId":"<snapshot>","targetClusterName":"drill",)"
              R"("targetDeploymentItemName":"atlas-<x>","targetGroupId":"<project>",)"
              R"("timestamp":"<snapshot time>"})"},
        Shape{"ServerlessCompletedV1", Source::Serverless, kV1, "tier: serverless",
              "end: completed", 101s, "createdAt",
              R"({"cancelled":false,"deliveryType":"automated","deliveryUrl":[],)"
              R"("expired":false,"expiresAt":"2026-05-31T00:00:00Z","failed":false,)"
              R"("finishedAt":"2026-01-31T00:01:40Z","id":"<id>","snapshotId":"<snapshot>",)"
              R"("targetClusterName":"prod-a","targetDeploymentItemName":"atlas-<x>",)"
              R"("targetGroupId":"<project>","timestamp":"<snapshot time>"})"},
        Shape{"ServerlessFailedV1", Source::Serverless, kV1, "tier: serverless", "end: failed",
              101s, "finishedAt",
              R"({"cancelled":false,"createdAt":"2026-01-31T00:00:00Z",)"
              R"("deliveryType":"automated","deliveryUrl":[],"expired":false,)"
              R"("expiresAt":"2026-05-31T00:00:00Z","failed":true,"id":"<id>",)"
              R"("snapshotId":"<snapshot>","targetClusterName":"prod-a",)"
              R"("targetDeploymentItemName":"atlas-<x>","targetGroupId":"<project>",)"
              R"("timestamp":"<snapshot time>"})"},
        Shape{"ServerlessExpiredV1", Source::Serverless, kV1, "tier: serverless", "end: expired",
              101s, "createdAt",
              R"({"cancelled":false,"deliveryType":"automated","deliveryUrl":[],"expired":true,)"
              R"("expiresAt":"2026-01-31T00:01:40Z","failed":false,"id":"<id>",)"
              R"("snapshotId":"<snapshot>","targetClusterName":"prod-a",)"
              R"("targetDeploymentItemName":"atlas-<x>","targetGroupId":"<project>",)"
              R"("timestamp":"<snapshot time>"})"}),
    [](const auto& shape) { return std::string(shape.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Tenant, ShapeTest,
    testing::Values(
        Shape{"TenantPending", Source::Tenant, kV2, "tier: tenant", "pending: 20s", 1s, "",
              R"({"clusterName":"prod-a","deliveryType":"RESTORE",)"
              R"("expirationDate":"2026-01-31T04:00:00Z","id":"<id>","projectId":"<project>",)"
              R"("restoreScheduledDate":"2026-01-31T00:00:00Z",)"
              R"("snapshotFinishedDate":"<snapshot time>","snapshotId":"<snapshot>",)"
              R"("status":"PENDING","targetDeploymentItemName":"prod-a",)"
              R"("targetProjectId":"<project>"})"},
        Shape{"TenantCompleted", Source::Tenant, kV2, "tier: tenant", "end: completed", 101s, "",
              R"({"clusterName":"prod-a","deliveryType":"RESTORE",)"
              R"("expirationDate":"2026-01-31T04:00:00Z","id":"<id>","projectId":"<project>",)"
              R"("restoreFinishedDate":"2026-01-31T00:01:40Z",)"
              R"("restoreScheduledDate":"2026-01-31T00:00:00Z",)"
              R"("snapshotFinishedDate":"<snapshot time>","snapshotId":"<snapshot>",)"
              R"("status":"COMPLETED","targetDeploymentItemName":"prod-a",)"
              R"("targetProjectId":"<project>"})"},
        Shape{"TenantDownload", Source::Tenant, kV2, "tier: tenant", "delivery: download", 101s, "",
              R"({"clusterName":"prod-a","deliveryType":"DOWNLOAD",)"
              R"("expirationDate":"2026-01-31T04:00:00Z","id":"<id>","projectId":"<project>",)"
              R"("restoreFinishedDate":"2026-01-31T00:01:40Z",)"
              R"("restoreScheduledDate":"2026-01-31T00:00:00Z",)"
              R"("snapshotFinishedDate":"<snapshot time>","snapshotId":"<snapshot>",)"
              R"("snapshotUrl":"<link>","status":"COMPLETED",)"
              R"("targetDeploymentItemName":"prod-a","targetProjectId":"<project>"})"},
        Shape{"TenantFailed", Source::Tenant, kV2, "tier: tenant", "end: failed", 101s,
              "restoreFinishedDate",
              R"({"clusterName":"prod-a","deliveryType":"RESTORE",)"
              R"("expirationDate":"2026-01-31T04:00:00Z","id":"<id>","projectId":"<project>",)"
              R"("restoreScheduledDate":"2026-01-31T00:00:00Z",)"
              R"("snapshotFinishedDate":"<snapshot time>","snapshotId":"<snapshot>",)"
              R"("status":"FAILED","targetDeploymentItemName":"prod-a",)"
              R"("targetProjectId":"<project>"})"},
        Shape{"TenantPendingV1", Source::Tenant, kV1, "tier: tenant", "pending: 20s", 1s, "",
              R"({"clusterName":"prod-a","deliveryType":"RESTORE",)"
              R"("expirationDate":"2026-01-31T04:00:00Z","id":"<id>","projectId":"<project>",)"
              R"("snapshotId":"<snapshot>","status":"PENDING",)"
              R"("submittedAt":"2026-01-31T00:00:00Z","targetDeploymentItemName":"prod-a",)"
              R"("targetProjectId":"<project>","timestamp":"<snapshot time>"})"},
        Shape{"TenantCompletedV1", Source::Tenant, kV1, "tier: tenant", "end: completed", 101s, "",
              R"({"clusterName":"prod-a","deliveryType":"RESTORE",)"
              R"("expirationDate":"2026-01-31T04:00:00Z","finishedDate":"2026-01-31T00:01:40Z",)"
              R"("id":"<id>","projectId":"<project>","snapshotId":"<snapshot>",)"
              R"("status":"COMPLETED","submittedAt":"2026-01-31T00:00:00Z",)"
              R"("targetDeploymentItemName":"prod-a","targetProjectId":"<project>",)"
              R"("timestamp":"<snapshot time>"})"},
        Shape{"TenantDownloadV1", Source::Tenant, kV1, "tier: tenant", "delivery: download", 101s,
              "",
              R"({"clusterName":"prod-a","deliveryType":"DOWNLOAD",)"
              R"("expirationDate":"2026-01-31T04:00:00Z","finishedDate":"2026-01-31T00:01:40Z",)"
              R"("id":"<id>","projectId":"<project>","snapshotId":"<snapshot>",)"
              R"("snapshotUrl":"<link>","status":"COMPLETED",)"
              R"("submittedAt":"2026-01-31T00:00:00Z","targetDeploymentItemName":"prod-a",)"
              R"("targetProjectId":"<project>","timestamp":"<snapshot time>"})"},
        Shape{"TenantFailedV1", Source::Tenant, kV1, "tier: tenant", "end: failed", 101s,
              "finishedDate",
              R"({"clusterName":"prod-a","deliveryType":"RESTORE",)"
              R"("expirationDate":"2026-01-31T04:00:00Z","id":"<id>","projectId":"<project>",)"
              R"("snapshotId":"<snapshot>","status":"FAILED",)"
              R"("submittedAt":"2026-01-31T00:00:00Z","targetDeploymentItemName":"prod-a",)"
              R"("targetProjectId":"<project>","timestamp":"<snapshot time>"})"}),
    [](const auto& shape) { return std::string(shape.param.name); });

}  // namespace
}  // namespace atlas_simulator
