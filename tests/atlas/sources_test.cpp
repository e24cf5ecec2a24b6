// Every source, generation, state and delivery, each by a job of its folder of fixtures.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "atlas/endpoints.h"
#include "atlas/fixture.h"
#include "atlas/job_samples.h"
#include "jobs/sources.h"

namespace restorewatch {
namespace {

using enum JobState;
using std::chrono::seconds;

constexpr auto kV2 = ApiGeneration::V2;
constexpr auto kV1 = ApiGeneration::V1;
constexpr auto kAutomated = Delivery::Automated;
constexpr auto kPointInTime = Delivery::PointInTime;
constexpr auto kDownload = Delivery::Download;
constexpr auto kCollection = Delivery::Collection;

struct SourceCase {
  std::string_view name;
  Source source;
  ApiGeneration api;
  unsigned number;  // of the job
  Delivery delivery;
  JobState state;
  std::optional<Outcome> outcome;
  void (*more)(RestoreJob& expected);  // what else it has
};

void nothing(RestoreJob& /*job*/) {}

template <int Seconds>
void finished(RestoreJob& job) {
  job.finished_at = created_at(job.id) + seconds(Seconds);
}

template <int Seconds>
void expires(RestoreJob& job) {
  job.expires_at = created_at(job.id) + seconds(Seconds);
}

void ready(RestoreJob& job) {
  expires<3840>(job);
  job.has_link = true;
}

void point_in_time(RestoreJob& job) {
  job.snapshot_id.reset();
  job.snapshot_at.reset();
  job.recovery_point = time_of("2026-08-10T09:00:00Z");
}

std::string folder_of(Source source, ApiGeneration api) {
  const std::string name(label(source));
  if (api == kV1) return name + "-v1.0";
  return facts_of(source).retired ? name + "-v2" : name;
}

Page decode_list(Source source, ApiGeneration api) {
  JsonParser parser;
  std::string body = fixture(folder_of(source, api) + "/list.json");
  auto page = decode_page(find_endpoint(source, api)->family(), parser, body);
  EXPECT_TRUE(page) << page.error().detail;
  return page ? *page : Page{};
}

const RestoreJob* find(const Page& page, unsigned number) {
  const auto found = std::ranges::find(page.jobs, fixture_id(number), &RestoreJob::id);
  return found == page.jobs.end() ? nullptr : &*found;
}

class SourcesTest : public testing::TestWithParam<SourceCase> {};

TEST_P(SourcesTest, ReadsTheJob) {
  const SourceCase& row = GetParam();
  const Page page = decode_list(row.source, row.api);
  const RestoreJob* job = find(page, row.number);
  ASSERT_NE(job, nullptr);
  RestoreJob expected = fixture_job(row.number, row.delivery, row.state);
  expected.outcome = row.outcome;
  row.more(expected);
  EXPECT_EQ(*job, expected);
}

constexpr auto kName = [](const auto& test) { return std::string(test.param.name); };

INSTANTIATE_TEST_SUITE_P(
    Dedicated, SourcesTest,
    testing::Values(
        SourceCase{"Running", Source::Dedicated, kV2, 0, kAutomated, InProgress, {}, nothing},
        SourceCase{"Finished", Source::Dedicated, kV2, 1, kAutomated, Completed, Outcome::Completed,
                   finished<240>},
        SourceCase{"Failed", Source::Dedicated, kV2, 2, kAutomated, Failed, Outcome::Failed,
                   nothing},
        SourceCase{"FailedWithAnEnd", Source::Dedicated, kV2, 3, kAutomated, Failed,
                   Outcome::Failed, finished<240>},
        SourceCase{"Cancelled", Source::Dedicated, kV2, 4, kAutomated, Cancelled,
                   Outcome::Cancelled, finished<240>},
        SourceCase{"Expired", Source::Dedicated, kV2, 5, kAutomated, Expired, Outcome::Expired,
                   nothing},
        SourceCase{
            "PointInTime", Source::Dedicated, kV2, 6, kPointInTime, InProgress, {}, point_in_time},
        SourceCase{"PointInTimeByOplog", Source::Dedicated, kV2, 7, kPointInTime, Completed,
                   Outcome::Completed,
                   [](RestoreJob& job) {
                     point_in_time(job);
                     finished<240>(job);
                     job.recovery_point = time_of("2026-08-10T09:01:00Z");
                   }},
        SourceCase{"PointInTimeByDesiredTime", Source::Dedicated, kV2, 8, kPointInTime, Failed,
                   Outcome::Failed,
                   [](RestoreJob& job) {
                     point_in_time(job);
                     job.recovery_point = time_of("2026-08-10T09:02:00Z");
                   }},
        SourceCase{
            "DownloadWaiting", Source::Dedicated, kV2, 9, kDownload, InProgress, {}, nothing},
        SourceCase{"DownloadReady", Source::Dedicated, kV2, 10, kDownload, Ready,
                   Outcome::Completed, ready},
        SourceCase{"DownloadOfShardsReady", Source::Dedicated, kV2, 11, kDownload, Ready,
                   Outcome::Completed, ready},
        SourceCase{"DownloadCancelled", Source::Dedicated, kV2, 12, kDownload, Cancelled,
                   Outcome::Cancelled, nothing},
        SourceCase{"DownloadAged", Source::Dedicated, kV2, 13, kDownload, Expired,
                   Outcome::Completed, expires<3840>},
        SourceCase{"DownloadNeverReady", Source::Dedicated, kV2, 14, kDownload, Expired,
                   Outcome::Expired, nothing},
        SourceCase{"DownloadFinished", Source::Dedicated, kV2, 15, kDownload, Completed,
                   Outcome::Completed,
                   [](RestoreJob& job) {
                     finished<600>(job);
                     expires<3840>(job);
                   }},
        SourceCase{"DeliveryAddedLater",
                   Source::Dedicated,
                   kV2,
                   16,
                   Delivery::Unknown,
                   InProgress,
                   {},
                   nothing}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    DedicatedV1, SourcesTest,
    testing::Values(
        SourceCase{"Running", Source::Dedicated, kV1, 0, kAutomated, InProgress, {}, nothing},
        SourceCase{"Finished", Source::Dedicated, kV1, 1, kAutomated, Completed, Outcome::Completed,
                   finished<240>},
        SourceCase{"Failed", Source::Dedicated, kV1, 2, kAutomated, Failed, Outcome::Failed,
                   nothing},
        SourceCase{"CancelledFailedIsNull", Source::Dedicated, kV1, 3, kAutomated, Cancelled,
                   Outcome::Cancelled, nothing},
        SourceCase{
            "PointInTime", Source::Dedicated, kV1, 4, kPointInTime, InProgress, {}, point_in_time},
        SourceCase{"DownloadReady", Source::Dedicated, kV1, 5, kDownload, Ready, Outcome::Completed,
                   ready}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    Serverless, SourcesTest,
    testing::Values(
        SourceCase{"Running", Source::Serverless, kV2, 0, kAutomated, InProgress, {}, nothing},
        SourceCase{"Finished", Source::Serverless, kV2, 1, kAutomated, Completed,
                   Outcome::Completed, finished<240>},
        SourceCase{"Failed", Source::Serverless, kV2, 2, kAutomated, Failed, Outcome::Failed,
                   nothing},
        SourceCase{"Cancelled", Source::Serverless, kV2, 3, kAutomated, Cancelled,
                   Outcome::Cancelled, nothing},
        SourceCase{"Expired", Source::Serverless, kV2, 4, kAutomated, Expired, Outcome::Expired,
                   expires<3600>},
        SourceCase{
            "PointInTime", Source::Serverless, kV2, 5, kPointInTime, InProgress, {}, point_in_time},
        SourceCase{"DownloadReady", Source::Serverless, kV2, 6, kDownload, Ready,
                   Outcome::Completed, ready}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    ServerlessV1, SourcesTest,
    testing::Values(SourceCase{"RunningHasCreatedAt",
                               Source::Serverless,
                               kV1,
                               0,
                               kAutomated,
                               InProgress,
                               {},
                               [](RestoreJob& job) {
                                 job.requested_at -= seconds(1);
                                 expires<3600>(job);
                               }},
                    SourceCase{"Finished", Source::Serverless, kV1, 1, kAutomated, Completed,
                               Outcome::Completed,
                               [](RestoreJob& job) {
                                 job.requested_at -= seconds(1);
                                 finished<240>(job);
                               }},
                    SourceCase{"Failed", Source::Serverless, kV1, 2, kAutomated, Failed,
                               Outcome::Failed, nothing},
                    SourceCase{"Cancelled", Source::Serverless, kV1, 3, kAutomated, Cancelled,
                               Outcome::Cancelled, nothing},
                    SourceCase{"Expired", Source::Serverless, kV1, 4, kAutomated, Expired,
                               Outcome::Expired, nothing}),
    kName);

/// The jobs that flex and both generations of the shared tier have alike.
std::vector<SourceCase> status_cases(Source source, ApiGeneration api) {
  constexpr auto kScheduled = [](RestoreJob& job) { job.requested_at += seconds(1); };
  constexpr auto kEnded = [](RestoreJob& job) {
    job.requested_at += seconds(1);
    finished<65>(job);
  };
  constexpr auto kExpires = [](RestoreJob& job) {
    job.requested_at += seconds(1);
    expires<21'601>(job);
  };
  constexpr auto kEndedDownload = [](RestoreJob& job) {
    job.requested_at += seconds(1);
    finished<65>(job);
    expires<21'601>(job);
  };
  constexpr auto kReadyDownload = [](RestoreJob& job) {
    job.requested_at += seconds(1);
    finished<65>(job);
    expires<21'601>(job);
    job.has_link = true;
  };
  return {
      {"Pending", source, api, 0, kAutomated, Pending, {}, kScheduled},
      {"Queued", source, api, 1, kAutomated, Queued, {}, kScheduled},
      {"Running", source, api, 2, kAutomated, Running, {}, kScheduled},
      {"Finished", source, api, 3, kAutomated, Completed, Outcome::Completed, kEnded},
      {"Failed", source, api, 4, kAutomated, Failed, Outcome::Failed, kEnded},
      {"Closed", source, api, 5, kAutomated, Completed, Outcome::Completed, kEnded},
      {"StatusAddedLater", source, api, 6, kAutomated, Unknown, {}, kScheduled},
      {"NoStatus", source, api, 7, kAutomated, Unknown, {}, kScheduled},
      {"DownloadRunning", source, api, 8, kDownload, Running, {}, kExpires},
      {"DownloadFinished", source, api, 9, kDownload, Completed, Outcome::Completed,
       kReadyDownload},
      {"DownloadFailed", source, api, 10, kDownload, Failed, Outcome::Failed, kEndedDownload},
      {"DeliveryAddedLater", source, api, 11, Delivery::Unknown, Completed, Outcome::Completed,
       kEnded},
  };
}

INSTANTIATE_TEST_SUITE_P(Flex, SourcesTest, testing::ValuesIn(status_cases(Source::Flex, kV2)),
                         kName);
INSTANTIATE_TEST_SUITE_P(Tenant, SourcesTest, testing::ValuesIn(status_cases(Source::Tenant, kV2)),
                         kName);
INSTANTIATE_TEST_SUITE_P(TenantV1, SourcesTest,
                         testing::ValuesIn(status_cases(Source::Tenant, kV1)), kName);
INSTANTIATE_TEST_SUITE_P(
    TenantV1Names, SourcesTest,
    testing::Values(SourceCase{"DocumentedAfterTheExamples", Source::Tenant, kV1, 12, kAutomated,
                               Completed, Outcome::Completed,
                               [](RestoreJob& job) {
                                 job.requested_at += seconds(1);
                                 finished<65>(job);
                               }},
                    SourceCase{"DocumentedBeforeTheExamples", Source::Tenant, kV1, 13, kAutomated,
                               Completed, Outcome::Completed,
                               [](RestoreJob& job) {
                                 job.requested_at += seconds(1);
                                 finished<65>(job);
                               }}),
    kName);

/// A collection restore has no snapshot time.
template <int Finished = 0>
void collection(RestoreJob& job) {
  job.requested_at += seconds(1);
  job.snapshot_at.reset();
  job.recovery_point.reset();
  if (Finished > 0) finished<Finished>(job);
}

template <int Finished, unsigned Failed>
void indexed(RestoreJob& job) {
  collection<Finished>(job);
  job.progress = RestoreProgress{5000, 5000, Failed};
}

INSTANTIATE_TEST_SUITE_P(
    Collection, SourcesTest,
    testing::Values(
        SourceCase{
            "Initializing", Source::Collection, kV2, 0, kCollection, Pending, {}, collection},
        SourceCase{"InProgress",
                   Source::Collection,
                   kV2,
                   1,
                   kCollection,
                   Running,
                   {},
                   [](RestoreJob& job) {
                     collection(job);
                     job.progress = RestoreProgress{1200, 5'000'000'000, 0};
                   }},
        SourceCase{
            "Finalizing", Source::Collection, kV2, 2, kCollection, Running, {}, indexed<0, 0>},
        SourceCase{"Successful", Source::Collection, kV2, 3, kCollection, Completed,
                   Outcome::Completed, indexed<900, 0>},
        SourceCase{"SuccessfulInPart", Source::Collection, kV2, 4, kCollection, Completed,
                   Outcome::Completed, indexed<900, 2>},
        SourceCase{"Failed", Source::Collection, kV2, 5, kCollection, Failed, Outcome::Failed,
                   [](RestoreJob& job) {
                     collection<900>(job);
                     job.error_message = R"(no space on [link] for "orders"?)";
                     job.progress = RestoreProgress{7, 0, 0};
                   }},
        SourceCase{"Canceled", Source::Collection, kV2, 6, kCollection, Cancelled,
                   Outcome::Cancelled, collection<900>},
        SourceCase{"Cancelled", Source::Collection, kV2, 7, kCollection, Cancelled,
                   Outcome::Cancelled, collection<900>},
        SourceCase{"StateAddedLater",
                   Source::Collection,
                   kV2,
                   8,
                   kCollection,
                   Unknown,
                   {},
                   collection<900>},
        SourceCase{"NoState", Source::Collection, kV2, 9, kCollection, Unknown, {}, collection},
        SourceCase{"PointInTime",
                   Source::Collection,
                   kV2,
                   10,
                   kCollection,
                   Running,
                   {},
                   [](RestoreJob& job) {
                     collection(job);
                     point_in_time(job);
                   }}),
    kName);

TEST(SourceListsTest, EveryJobOfEveryListIsReadable) {
  for (const Endpoint& endpoint : all_endpoints()) {
    const Page page = decode_list(endpoint.source, endpoint.api);
    EXPECT_GE(page.jobs.size(), 5U) << endpoint.list_path;
    EXPECT_TRUE(page.unreadable.empty()) << endpoint.list_path << page.unreadable[0].reason;
  }
}

TEST(SourceListsTest, WordsAddedLaterAreTold) {
  const auto words = [](Source source) { return decode_list(source, kV2).unknown_words; };
  EXPECT_EQ(words(Source::Dedicated),
            (std::vector<UnknownWord>{{fixture_id(16), "deliveryType", "teleport"}}));
  EXPECT_EQ(words(Source::Flex),
            (std::vector<UnknownWord>{{fixture_id(11), "deliveryType", "CLONE"},
                                      {fixture_id(6), "status", "ASCENDING"}}));
  EXPECT_EQ(words(Source::Collection),
            (std::vector<UnknownWord>{{fixture_id(8), "state", "PARTIALLY_SUCCESSFUL"}}));
  EXPECT_EQ(words(Source::Serverless), std::vector<UnknownWord>{});
}

TEST(EndpointsTest, EverySourceHasV2AndTheOldOnesV1) {
  for (const SourceFacts& facts : all_sources()) {
    EXPECT_NE(find_endpoint(facts.source, kV2), nullptr) << label(facts.source);
  }
  EXPECT_EQ(find_endpoint(Source::Flex, kV1), nullptr);
  EXPECT_EQ(find_endpoint(Source::Collection, kV1), nullptr);
  EXPECT_EQ(no_endpoint(Source::Flex, kV1).detail, "there is no API v1.0 for the source flex");
  EXPECT_EQ(no_endpoint(Source::Flex, kV1).kind, ErrorKind::Other);
}

TEST(EndpointsTest, RowsAreConsistent) {
  std::set<std::string_view> paths;
  for (const Endpoint& row : all_endpoints()) {
    EXPECT_TRUE(paths.insert(row.list_path).second) << row.list_path;
    EXPECT_EQ(row.get_path, std::string(row.list_path) + "/{restoreJobId}");
    EXPECT_EQ(find_endpoint(row.source, row.api), &row);
    const std::string prefix =
        row.api == kV1 ? "/api/atlas/v1.0/groups/{groupId}/" : "/api/atlas/v2/groups/{groupId}/";
    EXPECT_TRUE(row.list_path.starts_with(prefix)) << row.list_path;
    EXPECT_NE(row.list_path.find("/{clusterName}/"), std::string_view::npos) << row.list_path;
    EXPECT_EQ(row.accept == "application/json", row.api == kV1) << row.accept;
    EXPECT_TRUE(row.role.starts_with("Project ")) << row.role;
  }
}

}  // namespace
}  // namespace restorewatch
