#include "jobs/summary.h"

#include <gtest/gtest.h>

#include "jobs/job_builders.h"

namespace restorewatch {
namespace {

using namespace testing_jobs;

/// What a baseline of `at_baseline` and then a look at `later` too leaves known.
JobTable known(std::vector<RestoreJob> at_baseline, std::vector<RestoreJob> later = {}) {
  TargetRecord record;
  record.key = target_key();
  apply(diff(record, listing(at_baseline), facts()).result, record);
  later.insert(later.end(), at_baseline.begin(), at_baseline.end());
  apply(diff(record, listing(later), facts(noon() + minutes(1))).result, record);
  return record.jobs;
}

TEST(SummarizeTest, NothingKnownIsAbsentNotZero) {
  const TargetSummary summary = summarize({}, noon());
  EXPECT_EQ(summary, TargetSummary{});
  EXPECT_FALSE(summary.oldest_active_requested_at.has_value());
}

TEST(SummarizeTest, CountsJobsByState) {
  const auto summary = summarize(known({job(JobState::Completed, 1), job(JobState::Failed, 2),
                                        job(JobState::Failed, 3), job(JobState::Ready, 4)}),
                                 noon());
  EXPECT_EQ(summary.jobs[index_of(JobState::Completed)], 1U);
  EXPECT_EQ(summary.jobs[index_of(JobState::Failed)], 2U);
  EXPECT_EQ(summary.jobs[index_of(JobState::Ready)], 1U);
}

TEST(SummarizeTest, TheOldestActiveJobIsNeitherEndedNorAReadyDownload) {
  const auto summary = summarize(
      known({job(JobState::Completed, 1, hours(9)), job(JobState::Ready, 2, hours(8)),
             job(JobState::InProgress, 3, hours(3)), job(JobState::InProgress, 4, hours(2))}),
      noon());
  EXPECT_EQ(summary.oldest_active_requested_at, noon() - hours(3));
}

TEST(SummarizeTest, OpenLinksAndTheFirstToExpire) {
  const auto summary = summarize(known({job(JobState::Ready, 1, minutes(10)),
                                        job(JobState::Ready, 2, minutes(20)), expired_download(3)}),
                                 noon());
  EXPECT_EQ(summary.links_active, 2U);
  EXPECT_EQ(summary.link_expires_at, noon() - minutes(20) + hours(1));
  // The list may still call a link ready that has run out.
  const auto later =
      summarize(known({job(JobState::Ready, 1, minutes(10)), job(JobState::Ready, 2, minutes(20))}),
                noon() + minutes(40));
  EXPECT_EQ(later.links_active, 1U);
}

TEST(SummarizeTest, TheLastSuccessIsOneJobAndNotAMixture) {
  RestoreJob slow = job(JobState::Completed, 1, hours(5));
  slow.finished_at = noon() - hours(1);
  slow.recovery_point = noon() - hours(7);
  RestoreJob quick = job(JobState::Completed, 2, hours(3));
  quick.finished_at = noon() - hours(2);
  quick.recovery_point = noon() - hours(4);
  const auto summary = summarize(known({slow, quick}), noon());
  const auto last = summary.last_success[index_of(Delivery::Automated)];
  EXPECT_EQ(last, (LastSuccess{noon() - hours(1), noon() - hours(5), hours(4), noon() - hours(7)}));
}

TEST(SummarizeTest, ADownloadIsNoDrillAndHasItsOwnLastSuccess) {
  const auto summary = summarize(known({job(JobState::Ready)}), noon());
  EXPECT_FALSE(summary.last_drill_success_at.has_value());
  EXPECT_TRUE(summary.last_success[index_of(Delivery::Download)].has_value());
  EXPECT_FALSE(summary.last_success[index_of(Delivery::Automated)].has_value());
}

TEST(SummarizeTest, EveryCompletedRestoreIsADrill) {
  const auto summary = summarize(known({job(JobState::Completed)}), noon());
  EXPECT_EQ(summary.last_drill_success_at, job(JobState::Completed).finished_at);
}

TEST(SummarizeTest, AFailureOfTheBaselineWasNeverObserved) {
  const auto before = summarize(known({job(JobState::Failed, 1)}), noon());
  const auto failure = before.last_failure[index_of(Kind::Restore)];
  ASSERT_TRUE(failure.has_value());
  EXPECT_EQ(failure->ended_at, job(JobState::Failed, 1).requested_at);
  EXPECT_EQ(failure->observed_at, std::nullopt);

  const auto after = summarize(
      known({job(JobState::Failed, 1)}, {job(JobState::Failed, 2, -seconds(30))}), noon());
  EXPECT_EQ(after.last_failure[index_of(Kind::Restore)]->observed_at, noon() + minutes(1));
}

}  // namespace
}  // namespace restorewatch
