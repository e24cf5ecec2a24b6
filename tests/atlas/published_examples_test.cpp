// The examples on the published pages, as printed there.

#include <gtest/gtest.h>

#include "atlas/decode_jobs.h"
#include "atlas/fixture.h"
#include "atlas/job_samples.h"

namespace restorewatch {
namespace {

Page page_of(const JobFamily& family, const std::string& name) {
  JsonParser parser;
  std::string body = fixture(name);
  const auto page = decode_page(family, parser, body);
  EXPECT_TRUE(page) << page.error().detail;
  return page ? *page : Page{};
}

/// The dedicated list's only job; the serverless list has the same without its links.
RestoreJob placeholder_job() {
  RestoreJob job;
  job.id = id_of("32b6e34b3d91647abb20e7b8");
  job.delivery = Delivery::Automated;
  job.state = JobState::Failed;
  job.outcome = Outcome::Failed;
  job.requested_at = time_of("1996-12-17T18:15:39Z");  // the time inside the id
  job.finished_at = time_of("2025-05-04T09:42:00Z");
  job.expires_at = time_of("2025-05-04T09:42:00Z");
  job.snapshot_id = job.id;
  job.snapshot_at = time_of("2025-05-04T09:42:00Z");
  job.recovery_point = time_of("1970-01-01T00:00:42Z");
  job.target_project_id = job.id;
  job.target_cluster = "string";
  return job;
}

TEST(PublishedExamplesTest, DedicatedAndServerlessLists) {
  for (const char* name : {"dedicated-v2-list.json", "serverless-v2-list.json"}) {
    const Page page = page_of(flag_jobs(), name);
    EXPECT_EQ(page.jobs, std::vector{placeholder_job()}) << name;
    EXPECT_TRUE(page.unreadable.empty());
    EXPECT_TRUE(page.has_links);
    EXPECT_FALSE(page.has_next);
  }
}

TEST(PublishedExamplesTest, APlaceholderForAnIdIsReported) {
  const Page page = page_of(flag_jobs(), "serverless-v1.0-list.json");
  EXPECT_TRUE(page.jobs.empty());
  EXPECT_EQ(page.unreadable,
            (std::vector<UnreadableJob>{{"{snapshotId}", "id: not 24 hex digits"}}));
}

/// With ids in their places the job reads as documented.
TEST(PublishedExamplesTest, ServerlessV1WithIdsInPlaceOfThePlaceholders) {
  std::string body = fixture("serverless-v1.0-list.json");
  for (const std::string place : {"{snapshotId}", "{targetGroupId}"}) {
    for (auto at = body.find('"' + place); at != std::string::npos;
         at = body.find('"' + place, at)) {
      body.replace(at + 1, place.size(), "32b6e34b3d91647abb20e7b8");
    }
  }
  JsonParser parser;
  const auto page = decode_page(flag_jobs(), parser, body);
  ASSERT_TRUE(page) << page.error().detail;
  RestoreJob expected;
  expected.id = id_of("32b6e34b3d91647abb20e7b8");
  expected.delivery = Delivery::Automated;
  expected.state = JobState::InProgress;
  expected.requested_at = time_of("1996-12-17T18:15:39Z");
  expected.expires_at = time_of("2021-04-20T00:00:00Z");
  expected.snapshot_id = expected.id;
  expected.snapshot_at = time_of("2020-12-21T00:00:00Z");
  expected.recovery_point = expected.snapshot_at;
  expected.target_project_id = expected.id;
  expected.target_cluster = "{clusterName}";
  EXPECT_EQ(page->jobs, std::vector{expected});
}

TEST(PublishedExamplesTest, TenantListOfV1) {
  const Page page = page_of(status_jobs(), "tenant-v1.0-list.json");
  RestoreJob download;
  download.id = id_of("5cc9b501e5dc7c8ab1e45d65");
  download.delivery = Delivery::Download;
  download.state = JobState::Completed;
  download.outcome = Outcome::Completed;
  download.requested_at = time_of("2019-05-01T15:02:25Z");
  download.finished_at = time_of("2019-05-01T15:02:25Z");
  download.expires_at = time_of("2019-05-01T19:02:25Z");
  download.snapshot_id = id_of("5cc9ad92e5dc7c8ab1e41c50");
  download.snapshot_at = time_of("2019-05-01T14:33:19Z");
  download.recovery_point = download.snapshot_at;
  download.target_project_id = id_of("5b69d0349b15c62cdfc38b78");
  download.target_cluster = "aws-cluster-1";
  download.has_link = true;
  RestoreJob restore = download;
  restore.id = id_of("5cc9ae6be5dc7c8ab1e422df");
  restore.delivery = Delivery::Automated;
  restore.state = JobState::Pending;
  restore.outcome.reset();
  restore.requested_at = time_of("2019-05-01T14:34:19Z");
  restore.finished_at.reset();
  restore.expires_at.reset();
  restore.has_link = false;
  EXPECT_EQ(page.jobs, (std::vector{download, restore}));
  EXPECT_FALSE(page.has_links);
}

TEST(PublishedExamplesTest, OneTenantJob) {
  JsonParser parser;
  std::string body = fixture("tenant-v2-get-one.json");
  const auto single = decode_job(status_jobs(), parser, body);
  ASSERT_TRUE(single) << single.error().detail;
  RestoreJob expected = placeholder_job();
  expected.state = JobState::Pending;
  expected.outcome.reset();
  expected.requested_at = time_of("2025-05-04T09:42:00Z");
  expected.expires_at.reset();
  expected.recovery_point = expected.snapshot_at;
  EXPECT_EQ(single->job, expected);
  EXPECT_EQ(single->status, kNoEnvelope);
}

}  // namespace
}  // namespace restorewatch
