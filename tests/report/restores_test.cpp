// Which jobs a report has, in which period each counts, and what is said of it.

#include <gtest/gtest.h>

#include "report/ledger.h"

namespace restorewatch {
namespace {

using namespace testing_jobs;
using std::chrono::milliseconds;

std::uint64_t completed(const ClusterSummary& summary) {
  return summary.restores[index_of(Outcome::Completed)];
}

class RestoresOfAPeriod : public testing::Test {
 protected:
  RestoresOfAPeriod() {
    ledger_.begin(day(1), target_key());
    ledger_.now = day(30);
  }

  /// That failed, seen first and last at once.
  Transition& failed(int n, WallTime requested_at, WallTime seen_at) {
    RestoreJob restore = job(JobState::Failed, n);
    restore.requested_at = requested_at;
    return ledger_.step(target_key(), restore, std::nullopt, seen_at);
  }

  Ledger ledger_;
};

TEST_F(RestoresOfAPeriod, OneThatBeganBeforeAndEndedWithinCounts) {
  ledger_.drill(1, day(9), day(11));
  const ReportRow row = ledger_.row(ten_days());
  EXPECT_TRUE(row.ended_in_period);
  EXPECT_EQ(row.job.job.requested_at, day(9));
  EXPECT_EQ(row.job.duration(), hours(48));
  EXPECT_EQ(completed(ledger_.cluster(ten_days())), 1U);
}

TEST_F(RestoresOfAPeriod, OneThatEndsLaterIsShownAndCountsInTheLaterReport) {
  ledger_.drill(1, day(19), day(21));
  EXPECT_FALSE(ledger_.row(ten_days()).ended_in_period);
  EXPECT_EQ(completed(ledger_.cluster(ten_days())), 0U);
  EXPECT_EQ(ledger_.cluster(ten_days()).active_at_end, 1U);
  ReportOptions later;
  later.period = {day(20), day(25)};
  EXPECT_TRUE(ledger_.row(later).ended_in_period);
  EXPECT_EQ(completed(ledger_.cluster(later)), 1U);
}

TEST_F(RestoresOfAPeriod, OneThatGoesOnAtTheEndHasNoEnd) {
  ledger_.step(target_key(), job(JobState::InProgress, 1, -hours(24) * 19), std::nullopt, day(19));
  const ReportRow row = ledger_.row(ten_days());
  EXPECT_FALSE(row.job.ended_at);
  EXPECT_FALSE(row.job.end_seen);
  EXPECT_EQ(row.job.first_seen, (Sighting{day(19), day(19) - seconds(10)}));
  EXPECT_EQ(ledger_.cluster(ten_days()).active_at_end, 1U);
}

TEST_F(RestoresOfAPeriod, TheBorderBelongsToThePeriodThatItBegins) {
  ledger_.drill(1, day(9), day(10));
  ledger_.drill(2, day(19), day(20));
  const auto rows = ledger_.rows(ten_days());
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_TRUE(rows[0].ended_in_period);
  EXPECT_FALSE(rows[1].ended_in_period);
  const ClusterSummary summary = ledger_.cluster(ten_days());
  EXPECT_EQ(summary.drills_completed, 1U);
  EXPECT_EQ(summary.last_good_drill, day(10));
}

TEST_F(RestoresOfAPeriod, OnesBeforeAndAfterAreNotShown) {
  ledger_.drill(1, day(8), day(9));
  ledger_.drill(2, day(20), day(21));
  EXPECT_TRUE(ledger_.rows(ten_days()).empty());
}

TEST_F(RestoresOfAPeriod, WithoutAtlassWordTheEndIsWhenItWasSeen) {
  failed(1, day(11), day(12));
  const ReportRow row = ledger_.row(ten_days());
  EXPECT_EQ(row.job.ended_at, day(12));
  EXPECT_EQ(row.job.end_seen->uncertainty(), seconds(10));
  EXPECT_FALSE(row.job.duration());
}

TEST_F(RestoresOfAPeriod, ALookBeforeThatTellsNothingGivesNoUncertainty) {
  failed(1, day(11), day(12)).not_before.reset();
  EXPECT_EQ(ledger_.row(ten_days()).job.end_seen->uncertainty(), std::nullopt);
}

TEST_F(RestoresOfAPeriod, OneThatHadEndedBeforeItWasSeenIsFlagged) {
  failed(1, day(11), day(12));
  EXPECT_TRUE(ledger_.row(ten_days()).job.missed);
}

TEST_F(RestoresOfAPeriod, WhatItBrokeAtFirstSightIsSaidOfItsEnd) {
  RestoreJob restore = job(JobState::InProgress, 1, -hours(24) * 11);
  const auto broken = Violations().set(index_of(PolicyRule::ProtectedTarget));
  ledger_.step(target_key(), restore, std::nullopt, day(11)).violations = broken;
  restore.state = JobState::Failed;
  restore.outcome = Outcome::Failed;
  ledger_.step(target_key(), restore, JobState::InProgress, day(12));
  EXPECT_EQ(ledger_.row(ten_days()).job.violations, broken);
}

TEST_F(RestoresOfAPeriod, ALostOneThatComesBackIsNotLost) {
  RestoreJob restore = job(JobState::InProgress, 1, -hours(24) * 11);
  ledger_.step(target_key(), restore, std::nullopt, day(11));
  restore.state = JobState::Lost;
  restore.outcome = Outcome::Lost;
  ledger_.step(target_key(), restore, JobState::InProgress, day(12));
  EXPECT_EQ(ledger_.cluster(ten_days()).restores[index_of(Outcome::Lost)], 1U);
  restore.state = JobState::InProgress;
  restore.outcome.reset();
  ledger_.step(target_key(), restore, JobState::Lost, day(13));
  EXPECT_FALSE(ledger_.row(ten_days()).job.outcome);
  EXPECT_FALSE(ledger_.row(ten_days()).job.ended_at);
  EXPECT_EQ(ledger_.cluster(ten_days()).restores_ended(), 0U);
  EXPECT_EQ(ledger_.cluster(ten_days()).active_at_end, 1U);
}

TEST_F(RestoresOfAPeriod, ADownloadIsNoRestoreAndNeverADrill) {
  RestoreJob download = job(JobState::Completed, 1, -hours(24) * 11);
  download.delivery = Delivery::Download;
  ledger_.step(target_key(), download, std::nullopt, day(12)).purpose = Purpose::Drill;
  const ClusterSummary summary = ledger_.cluster(ten_days());
  EXPECT_EQ(summary.restores_ended(), 0U);
  EXPECT_EQ(summary.downloads[index_of(Outcome::Completed)], 1U);
  EXPECT_EQ(summary.coverage, Coverage::NeverTested);
  EXPECT_FALSE(summary.last_good_drill);
}

TEST_F(RestoresOfAPeriod, WhatTheFirstLookFoundIsAtlassWordAndCountsAllTheSame) {
  TrackedJob known;
  known.job = job(JobState::Completed, 1, -hours(24) * 11);
  known.outcome = Outcome::Completed;
  known.ended_at = known.job.finished_at;
  known.purpose = Purpose::Drill;
  ledger_.silent.push_back(evidence_of(target_key(), known));
  const ReportRow row = ledger_.row(ten_days());
  EXPECT_EQ(row.job.evidence, Evidence::Baseline);
  EXPECT_FALSE(row.job.first_seen);
  EXPECT_FALSE(row.job.end_seen);
  EXPECT_EQ(ledger_.cluster(ten_days()).coverage, Coverage::Tested);
}

TEST_F(RestoresOfAPeriod, ALinkThatExpiresLaterIsNoOtherEnd) {
  RestoreJob download = job(JobState::Ready, 1, -hours(24) * 11);
  download.delivery = Delivery::Download;
  download.outcome = Outcome::Completed;
  ledger_.step(target_key(), download, std::nullopt, day(12));
  download.state = JobState::Expired;
  ledger_.step(target_key(), download, JobState::Ready, day(15)).counts_outcome = false;
  const ReportRow row = ledger_.row(ten_days());
  EXPECT_EQ(row.job.outcome, Outcome::Completed);
  EXPECT_EQ(row.job.ended_at, day(12));
}

TEST_F(RestoresOfAPeriod, TheSameIdInAnotherProjectIsAnotherJob) {
  failed(1, day(11), day(12));
  RestoreJob other = job(JobState::Failed, 1);
  other.requested_at = day(11);
  ledger_.step({project('b'), "other", Source::Dedicated}, other, std::nullopt, day(13));
  EXPECT_EQ(ledger_.rows(ten_days()).size(), 2U);
}

TEST_F(RestoresOfAPeriod, TheMiddleAndTheLongestDuration) {
  for (int n = 1; n <= 4; ++n) ledger_.drill(n, day(11), day(11) + hours(n * n));
  const ClusterSummary summary = ledger_.cluster(ten_days());
  EXPECT_EQ(summary.duration_median, minutes(60 * 13 / 2));  // of 4 h and 9 h
  EXPECT_EQ(summary.duration_max, hours(16));
  failed(9, day(11), day(12));
  EXPECT_DOUBLE_EQ(*ledger_.cluster(ten_days()).success_share(), 0.8);
}

class Objected : public RestoresOfAPeriod {
 protected:
  Objected() {
    options_ = ten_days();
    Objectives objectives;
    objectives.restore_duration = hours(2);
    objectives.recovery_point = hours(24);
    options_.objectives = {{Matcher{"payments", {}, {}, {}}, objectives}};
  }
  ReportOptions options_;
};

TEST_F(Objected, ADurationIsMetUpToTheObjective) {
  ledger_.drill(1, day(11), day(11) + hours(2));
  EXPECT_EQ(ledger_.row(options_).duration_met, true);
  ledger_.drill(2, day(12), day(12) + hours(2) + seconds(1));
  EXPECT_EQ(ledger_.rows(options_)[1].duration_met, false);
  EXPECT_EQ(ledger_.cluster(options_).duration_missed, 1U);
}

TEST_F(Objected, OfOneThatFailedNoDurationIsJudged) {
  failed(1, day(11), day(13));
  EXPECT_EQ(ledger_.row(options_).duration_met, std::nullopt);
}

TEST_F(Objected, OneThatGoesOnForTooLongHasMissedAlready) {
  ledger_.step(target_key(), job(JobState::InProgress, 1, -hours(24) * 20 + hours(3)), std::nullopt,
               day(20));
  EXPECT_EQ(ledger_.row(options_).duration_met, false);
}

TEST_F(Objected, OneThatGoesOnForNotSoLongIsNotJudged) {
  ledger_.step(target_key(), job(JobState::InProgress, 1, -hours(24) * 20 + hours(1)), std::nullopt,
               day(20));
  EXPECT_EQ(ledger_.row(options_).duration_met, std::nullopt);
}

TEST_F(Objected, TheAgeOfTheDataIsThatAtTheRequest) {
  RestoreJob restore = job(JobState::Completed, 1, -hours(24) * 11);
  restore.recovery_point = restore.requested_at - hours(24);
  ledger_.step(target_key(), restore, std::nullopt, day(11));
  EXPECT_EQ(ledger_.row(options_).recovery_point_met, true);
  restore.recovery_point = restore.requested_at - hours(24) - milliseconds(1);
  restore.id = job_id(2, -hours(24) * 11);
  ledger_.step(target_key(), restore, std::nullopt, day(11));
  EXPECT_EQ(ledger_.rows(options_)[1].recovery_point_met, false);
  EXPECT_EQ(ledger_.cluster(options_).recovery_point_missed, 1U);
}

}  // namespace
}  // namespace restorewatch
