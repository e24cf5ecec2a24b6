// What the page says of restore jobs.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "jobs/job_builders.h"
#include "metrics/plain_page.h"

namespace restorewatch {
namespace {

using namespace testing_jobs;

TargetView view_of(const Target& target, std::vector<RestoreJob> at_baseline,
                   std::vector<RestoreJob> later, FleetTotals& totals) {
  TargetRecord record;
  record.key = target.key;
  for (auto* jobs : {&at_baseline, &later}) {
    const WallTime now = noon() - minutes(50) + minutes(50) * record.version;
    const auto seen = diff(record, listing(*jobs), facts(now));
    apply(seen.result, record);
    for (const Transition& step : seen.result.transitions) count(step, totals);
  }
  TargetView view;
  view.target = target;
  view.summary = summarize(record.jobs, noon());
  view.counters = record.counters;
  view.up = true;
  view.present_unknown = false;
  view.last_success_at = record.last_looked_at;
  view.effective_interval = minutes(1);
  return view;
}

/// Two clusters of one project, of which one has a history, and a cluster not yet looked at.
Snapshot sample() {
  Snapshot snapshot;
  RestoreJob restore = job(JobState::Completed, 1);
  restore.recovery_point = restore.requested_at - hours(2);
  RestoreJob into_other = job(JobState::InProgress, 4, minutes(20));
  into_other.target_project_id = project('b');
  const Target prod{target_key(), "prod \"quoted\"", {"main"}};
  const Target quiet{{project(), "quiet", Source::Dedicated}, prod.project_name, {"main"}};
  const Target unseen{{project('b'), "unseen", Source::Dedicated}, "other", {"main"}};
  const std::vector before{restore, job(JobState::Failed, 2)};
  const std::vector after{restore,
                          job(JobState::Failed, 2),
                          job(JobState::Failed, 3, minutes(30)),
                          into_other,
                          job(JobState::Ready, 5, minutes(10)),
                          job(JobState::Completed, 6, minutes(40))};
  for (const auto& view :
       {view_of(prod, before, after, snapshot.totals), view_of(quiet, {}, {}, snapshot.totals)}) {
    snapshot.targets.push_back(std::make_shared<const TargetView>(view));
  }
  TargetView blank;
  blank.target = unseen;
  blank.effective_interval = minutes(1);
  snapshot.targets.push_back(std::make_shared<const TargetView>(blank));
  return snapshot;
}

std::string read_file(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return std::move(text).str();
}

/// The page's lines that begin with `name` and contain `part`.
std::vector<std::string> lines(const Snapshot& snapshot, std::string_view name,
                               std::string_view part = "") {
  std::vector<std::string> found;
  std::istringstream page(page_of(snapshot));
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with(name) && line.find(part) != std::string::npos) found.push_back(line);
  }
  return found;
}

/// tests/metrics/same_samples compares what the two files say.
TEST(DomainFamiliesTest, ThePageIsAsTheGoldenFileInEachFormat) {
  for (const auto& [format, name] : {std::pair(PageFormat::Text, "domain.prom"),
                                     std::pair(PageFormat::OpenMetrics, "domain.openmetrics")}) {
    const std::string golden = std::string(RW_SOURCE_DIR "/tests/fixtures/metrics/") + name;
    const std::string page = page_of(sample(), format);
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing here changes the environment
    if (std::getenv("RW_UPDATE_GOLDEN") != nullptr) std::ofstream(golden) << page;
    EXPECT_EQ(page, read_file(golden)) << name;
  }
}

TEST(DomainFamiliesTest, ABlindTargetLosesWhatIsNowAndKeepsWhatHasHappened) {
  Snapshot snapshot = sample();
  TargetView stale = *snapshot.targets[0];
  stale.present_unknown = true;
  stale.up = false;
  snapshot.targets[0] = std::make_shared<const TargetView>(stale);
  for (const std::string_view present :
       {"mongodbatlas_restore_jobs{", "mongodbatlas_restore_oldest_active",
        "mongodbatlas_restore_download_link"}) {
    EXPECT_TRUE(lines(snapshot, present, "prod-a").empty()) << present;
  }
  EXPECT_FALSE(lines(snapshot, "mongodbatlas_restore_last_success_timestamp", "prod-a").empty());
  EXPECT_FALSE(lines(snapshot, "mongodbatlas_restore_jobs_finished_total", "prod-a").empty());
  EXPECT_EQ(lines(snapshot, "mongodbatlas_restore_target_up{", "prod-a").size(), 1U);
  EXPECT_FALSE(lines(snapshot, "mongodbatlas_restore_jobs{", "quiet").empty());
}

TEST(DomainFamiliesTest, AProjectIsUpWhileAnyOfItsTargetsIs) {
  Snapshot snapshot = sample();
  TargetView down = *snapshot.targets[0];
  down.up = false;
  snapshot.targets[0] = std::make_shared<const TargetView>(down);
  ASSERT_EQ(lines(snapshot, "mongodbatlas_restore_project_up{").size(), 1U);
  EXPECT_TRUE(lines(snapshot, "mongodbatlas_restore_project_up{")[0].ends_with(" 1"));
  snapshot.targets[1] = snapshot.targets[0];
  EXPECT_TRUE(lines(snapshot, "mongodbatlas_restore_project_up{")[0].ends_with(" 0"));
}

TEST(DomainFamiliesTest, SingleJobsAreShownOnlyWhenAskedFor) {
  Snapshot snapshot = sample();
  EXPECT_TRUE(lines(snapshot, "mongodbatlas_restore_job_").empty());
  TargetView listing = *snapshot.targets[0];
  listing.jobs = {job(JobState::Completed, 1)};
  snapshot.targets[0] = std::make_shared<const TargetView>(listing);
  const std::string id = to_string(job_id(1));
  EXPECT_EQ(lines(snapshot, "mongodbatlas_restore_job_info{", id).size(), 1U);
  EXPECT_EQ(lines(snapshot, "mongodbatlas_restore_job_state{", "state=\"completed\"").size(), 1U);
  EXPECT_EQ(lines(snapshot, "mongodbatlas_restore_job_requested_timestamp_seconds{", id).size(),
            1U);
  EXPECT_EQ(lines(snapshot, "mongodbatlas_restore_job_finished_timestamp_seconds{", id).size(), 1U);
}

}  // namespace
}  // namespace restorewatch
