// What the client asks of each source, and what it makes of the answers.

#include "atlas/client_test_base.h"
#include "atlas/endpoints.h"
#include "atlas/job_samples.h"

namespace restorewatch {
namespace {

constexpr auto kV2 = ApiGeneration::V2;
constexpr auto kV1 = ApiGeneration::V1;

struct Asked {
  Source source;
  ApiGeneration api;
  std::string path;  // behind the project's
  std::string query;
  std::string accept;
  std::string endpoint_set;
};

const std::vector<Asked>& asked() {
  static const std::string counted = "?itemsPerPage=2&includeCount=false&pageNum=1";
  static const std::vector<Asked> rows{
      {Source::Dedicated, kV2, "clusters/orders/backup/restoreJobs", counted,
       "application/vnd.atlas.2023-01-01+json", "cloud_backups"},
      {Source::Dedicated, kV1, "clusters/orders/backup/restoreJobs", counted, "application/json",
       "cloud_backups"},
      {Source::Flex, kV2, "flexClusters/orders/backup/restoreJobs", counted,
       "application/vnd.atlas.2024-11-13+json", "flex_restore_jobs"},
      {Source::Collection, kV2, "clusters/orders/collectionRestoreJobs",
       "?itemsPerPage=2&pageNum=1", "application/vnd.atlas.2025-03-12+json", "cloud_backups"},
      {Source::Serverless, kV2, "serverless/orders/backup/restoreJobs", counted,
       "application/vnd.atlas.2023-01-01+json", "cloud_backups"},
      {Source::Serverless, kV1, "serverless/orders/backup/restoreJobs", counted, "application/json",
       "cloud_backups"},
      {Source::Tenant, kV2, "clusters/orders/backup/tenant/restores", "",
       "application/vnd.atlas.2023-01-01+json", "cloud_backups"},
      {Source::Tenant, kV1, "clusters/orders/backup/tenant/restores", counted, "application/json",
       "cloud_backups"}};
  return rows;
}

std::string project_path(const Asked& row) {
  return std::string("/api/atlas/") + (row.api == kV1 ? "v1.0" : "v2") + "/groups/" + kProject +
         "/" + row.path;
}

class ClientSourcesTest : public ClientTest {};

TEST_F(ClientSourcesTest, AsksEachAsDocumented) {
  ASSERT_EQ(asked().size(), all_endpoints().size());
  transport_.set_script([](const HttpRequest&) {
    return http(200, R"({"results":[]})", {{"ratelimit-remaining", "7"}});
  });
  for (const Asked& row : asked()) {
    EXPECT_TRUE(list(target(row.source, row.api)).complete());
    const HttpRequest request = transport_.requests().back();
    EXPECT_EQ(paths().back(), project_path(row) + row.query);
    EXPECT_EQ(request.headers,
              (std::vector<std::pair<std::string, std::string>>{{"Accept", row.accept}}));
    EXPECT_EQ(metric("restorewatch_api_ratelimit_remaining",
                     {{"project_id", kProject}, {"endpoint_set", row.endpoint_set}}),
              7);
    get(target(row.source, row.api), fixture_id(3)).ok();
    EXPECT_EQ(paths().back(), project_path(row) + "/" + to_string(fixture_id(3)));
    EXPECT_EQ(transport_.requests().back().headers, request.headers);
  }
}

TEST_F(ClientSourcesTest, AListWithoutPagesIsAskedForOnce) {
  answer_always(200, fixture("tenant-v2/list.json"));
  const Listing listing = list(target(Source::Tenant));
  EXPECT_TRUE(listing.complete());
  EXPECT_EQ(listing.jobs.size(), 12U);
  EXPECT_EQ(listing.unknown_words.size(), 2U);
  EXPECT_EQ(transport_.requests().size(), 1U);
}

TEST_F(ClientSourcesTest, WhatNeverWasIsAnErrorAndNotARequest) {
  const std::string detail = "there is no API v1.0 for the source flex";
  const Target flex = target(Source::Flex, kV1);
  EXPECT_EQ(list(flex).error->detail, detail);
  EXPECT_EQ(list(flex).error->kind, ErrorKind::Other);
  EXPECT_EQ(get(flex, fixture_id(1)).error().detail, detail);
  EXPECT_EQ(probe(flex).error().detail, detail);
  EXPECT_TRUE(transport_.requests().empty());
}

TEST_F(ClientSourcesTest, ARetiredSourceIsGoneAndAMissingClusterIsNot) {
  answer_always(404, "<html>");
  EXPECT_EQ(list(target(Source::Serverless)).error->kind, ErrorKind::Gone);
  EXPECT_EQ(get(target(Source::Serverless), fixture_id(1)).error().kind, ErrorKind::Gone);
  EXPECT_EQ(list(target(Source::Dedicated)).error->kind, ErrorKind::NotFound);
  answer_always(404, fixture("error-cluster-not-found.json"));
  EXPECT_EQ(list(target(Source::Serverless)).error->kind, ErrorKind::NotFound);
}

TEST_F(ClientSourcesTest, AMissingRoleIsNamed) {
  answer_always(401, fixture("error-401.json"));
  EXPECT_TRUE(
      list(target(Source::Serverless))
          .error->detail.ends_with("(the credential is valid, the role Project Owner is missing)"));
}

TEST_F(ClientSourcesTest, ProbeReadsOneJob) {
  answer_always(200, fixture("dedicated/list-page-1.json"));  // it has a next page
  EXPECT_TRUE(probe(target(Source::Dedicated)));
  EXPECT_TRUE(paths()[0].ends_with("?itemsPerPage=1&includeCount=false&pageNum=1"));
  EXPECT_TRUE(probe(target(Source::Tenant)));
  EXPECT_TRUE(paths()[1].ends_with("/restores"));
  EXPECT_EQ(transport_.requests().size(), 2U);
}

TEST_F(ClientSourcesTest, ProbeTellsWhatIsWrong) {
  answer_always(200, "{}");
  EXPECT_EQ(probe(target(Source::Dedicated)).error().kind, ErrorKind::Malformed);
  answer_always(404, "");
  EXPECT_EQ(probe(target(Source::Tenant)).error().kind, ErrorKind::Gone);
  answer_always(403, "");
  EXPECT_EQ(probe(target(Source::Flex)).error().kind, ErrorKind::Forbidden);
}

TEST_F(ClientSourcesTest, AnEnvelopesStatusIsTheAnswers) {
  answer_always(200, fixture("envelope/cluster-not-found.json"));
  EXPECT_EQ(list(target(Source::Dedicated)).error->kind, ErrorKind::NotFound);
  EXPECT_EQ(list(target(Source::Dedicated)).error->detail,
            "HTTP 404 CLUSTER_NOT_FOUND: No cluster named orders exists in group "
            "6a79a0005f1c2b3d4e5f6071.");
  EXPECT_EQ(get(target(Source::Flex), fixture_id(1)).error().kind, ErrorKind::Other);
  answer_always(200, fixture("envelope/job-not-found.json"));
  EXPECT_EQ(get(target(Source::Flex), fixture_id(1)).error().kind, ErrorKind::NotFound);
  answer_always(200, fixture("envelope/dedicated-get-one.json"));
  EXPECT_TRUE(get(target(Source::Dedicated), fixture_id(1)));
  EXPECT_EQ(metric("restorewatch_api_requests_total",
                   {{"endpoint", find_endpoint(Source::Dedicated, kV2)->list_path.data()},
                    {"code", "404"}}),
            2);
}

TEST_F(ClientSourcesTest, ARefusalInAnEnvelopeIsARefusal) {
  transport_.set_script([](const HttpRequest& request) {
    return http(200, fixture(request.session == "first" ? "envelope/wrong-key.json"
                                                        : "envelope/dedicated-list.json"));
  });
  EXPECT_EQ(list(target(Source::Dedicated, kV2, {"first", "second"})).jobs.size(), 1U);
  EXPECT_EQ(metric("restorewatch_credential_up", {{"credential", "first"}}), 0);
  EXPECT_EQ(metric("restorewatch_credential_up", {{"credential", "second"}}), 1);
}

/// What the client says on its log while it lists once for each answer.
class ClientLogTest : public ClientTest {
 protected:
  std::string logged(const std::vector<HttpResponse>& answers) {
    Telemetry telemetry;
    AtlasClient client(options(),
                       {transport_, loop_, budget_, clock_, telemetry, Log(clock_, LogOptions())});
    testing::internal::CaptureStderr();
    for (const HttpResponse& answer : answers) {
      transport_.set_script([&](const HttpRequest&) { return answer; });
      client.list(target(Source::Dedicated), {}, [](const Listing&) {});
      client.directory().list_projects("first", [](const auto&) {});
      loop_.run();
    }
    return testing::internal::GetCapturedStderr();
  }

  static std::size_t lines_with(const std::string& words, const std::string& log) {
    std::size_t count = 0;
    for (auto at = log.find(words); at != std::string::npos; at = log.find(words, at + 1)) ++count;
    return count;
  }
};

TEST_F(ClientLogTest, ASunsetIsToldOncePerEndpointUntilItComesNearer) {
  const auto with_sunset = [](const char* date) {
    return http(200, R"({"results":[]})", {{"sunset", date}});
  };
  const std::string log = logged(
      {with_sunset("Thu, 1 Jul 2027 00:00:00 GMT"), with_sunset("Thu, 1 Jul 2027 00:00:00 GMT"),
       with_sunset("Wed, 30 Jun 2027 00:00:01 GMT"), with_sunset("Fri, 2 Jul 2027 00:00:00 GMT"),
       with_sunset("Thu, 1 Jul 2027 00:00:00 GMT")});
  EXPECT_EQ(lines_with("Atlas has set an end", log), 2U) << log;  // one for each endpoint
  const std::string nearer = logged(
      {with_sunset("Thu, 1 Jul 2027 00:00:00 GMT"), with_sunset("Wed, 30 Jun 2027 00:00:00 GMT")});
  EXPECT_EQ(lines_with("Atlas has set an end", nearer), 4U) << nearer;
}

TEST_F(ClientLogTest, AnOddRowIsToldOnce) {
  const HttpResponse odd = http(
      200,
      R"({"results":[{"id":"{id} https://x.example.net/hunter2","name":"a https://x/hunter2"}]})");
  const std::string log = logged({odd, odd, odd});
  EXPECT_EQ(lines_with("is passed over", log), 1U) << log;
  EXPECT_EQ(log.find("hunter2"), std::string::npos) << log;
}

}  // namespace
}  // namespace restorewatch
