#include <gtest/gtest.h>

#include "atlas/decode_jobs.h"
#include "atlas/fixture.h"
#include "atlas/job_samples.h"

namespace restorewatch {
namespace {

Result<SingleJob> decode_one(const JobFamily& family, std::string body) {
  JsonParser parser;
  return decode_job(family, parser, body);
}

RestoreJob finished(unsigned number, int seconds) {
  RestoreJob job = fixture_job(number, Delivery::Automated, JobState::Completed);
  job.outcome = Outcome::Completed;
  job.finished_at = fixture_time(number) + std::chrono::seconds(seconds);
  return job;
}

TEST(EnvelopeTest, AJobIsItsContent) {
  const auto dedicated = decode_one(flag_jobs(), fixture("envelope/dedicated-get-one.json"));
  ASSERT_TRUE(dedicated) << dedicated.error().detail;
  EXPECT_EQ(dedicated->job, finished(1, 240));
  EXPECT_EQ(dedicated->status, 200);
}

TEST(EnvelopeTest, AFlexJobsOwnStatusIsAWord) {
  RestoreJob expected = finished(3, 65);
  expected.requested_at += std::chrono::seconds(1);
  const auto flex = decode_one(status_jobs(), fixture("envelope/flex-get-one.json"));
  ASSERT_TRUE(flex) << flex.error().detail;
  EXPECT_EQ(flex->job, expected);
}

TEST(EnvelopeTest, AListHasItBesideItsRows) {
  JsonParser parser;
  std::string body = fixture("envelope/dedicated-list.json");
  const auto page = decode_page(flag_jobs(), parser, body);
  ASSERT_TRUE(page) << page.error().detail;
  EXPECT_EQ(page->jobs, std::vector{finished(1, 240)});
  EXPECT_EQ(page->status, 200);
}

TEST(EnvelopeTest, ItsStatusIsTold) {
  for (const JobFamily* family : {&flag_jobs(), &status_jobs(), &collection_jobs()}) {
    const auto job = decode_one(*family, fixture("envelope/job-not-found.json"));
    ASSERT_TRUE(job) << job.error().detail;
    EXPECT_EQ(job->status, 404);
    JsonParser parser;
    std::string body = fixture("envelope/cluster-not-found.json");
    const auto page = decode_page(*family, parser, body);
    ASSERT_TRUE(page) << page.error().detail;
    EXPECT_EQ(page->status, 404);
  }
}

TEST(EnvelopeTest, ASuccessWithoutAContentIsMalformed) {
  for (const std::string status : {"200", "7", "-1", "200.5", "99999999999999999999", "1e400"}) {
    std::string body = R"({"id":"6a79a0005f1c2b3d4e5f6071","status":)";
    const auto job = decode_one(status_jobs(), body.append(status).append("}"));
    ASSERT_FALSE(job) << status;
    EXPECT_EQ(job.error().detail, "status: not a word") << status;
  }
  for (const std::string body : {R"({"status":200,"content":{}})",
                                 R"({"status":200,"content":null})", R"({"status":200})"}) {
    const auto job = decode_one(flag_jobs(), body);
    ASSERT_FALSE(job) << body;
    EXPECT_EQ(job.error().detail, "id: missing");
  }
  JsonParser parser;
  std::string body = R"({"status":200,"content":{}})";
  EXPECT_FALSE(decode_page(flag_jobs(), parser, body));
}

}  // namespace
}  // namespace restorewatch
