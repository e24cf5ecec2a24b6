#include "jobs/counters.h"

#include <gtest/gtest.h>

#include "jobs/job_builders.h"

namespace restorewatch {
namespace {

using namespace testing_jobs;

Transition completed_after(std::chrono::milliseconds duration) {
  Transition step;
  step.target = target_key();
  step.job = job(JobState::Completed);
  step.job.finished_at = step.job.requested_at + duration;
  step.from = JobState::InProgress;
  step.to = JobState::Completed;
  step.outcome = Outcome::Completed;
  step.counts_outcome = true;
  step.scope = Scope::OtherProject;
  return step;
}

TEST(CountTest, RequestsByScopeAndEndsByKindAndOutcome) {
  TargetCounters counters;
  Transition step = completed_after(minutes(1));
  step.counts_request = true;
  count(step, counters);
  EXPECT_EQ(counters.requested[index_of(Scope::OtherProject)], 1U);
  EXPECT_EQ(counters.finished[index_of(Kind::Restore)][index_of(Outcome::Completed)], 1U);
}

TEST(CountTest, EachRuleThatAJobBreaks) {
  TargetCounters counters;
  Transition step = completed_after(minutes(1));
  step.violations.set(index_of(PolicyRule::Download)).set(index_of(PolicyRule::TargetProject));
  count(step, counters);
  step.violations.reset(index_of(PolicyRule::Download));
  count(step, counters);
  EXPECT_EQ(counters.violations, (std::array<std::uint64_t, kPolicyRuleCount>{2, 1, 0}));
  TargetCounters sum = counters;
  merge(counters, sum);
  EXPECT_EQ(sum.violations, (std::array<std::uint64_t, kPolicyRuleCount>{4, 2, 0}));
}

TEST(CountTest, AStepThatBringsNoOutcomeCountsNoEnd) {
  TargetCounters counters;
  Transition step = completed_after(minutes(1));
  step.counts_outcome = false;
  count(step, counters);
  EXPECT_EQ(counters, TargetCounters{});
}

TEST(CountTest, DurationsFallIntoTheBucketWhoseBoundTheyDoNotPass) {
  FleetTotals totals;
  count(completed_after(seconds(60)), totals);
  count(completed_after(std::chrono::milliseconds(60'001)), totals);
  count(completed_after(hours(24 * 30)), totals);
  const DurationHistogram& restores = totals.durations[index_of(Kind::Restore)];
  EXPECT_EQ(restores.buckets.front(), 1U);
  EXPECT_EQ(restores.buckets[1], 1U);
  EXPECT_EQ(restores.buckets.back(), 1U);
  EXPECT_EQ(restores.sum_ms, 60'000U + 60'001U + 2'592'000'000U);
}

TEST(CountTest, AnEndBeforeTheRequestHasNoDuration) {
  FleetTotals totals;
  count(completed_after(seconds(-1)), totals);
  EXPECT_EQ(totals.durations, FleetTotals{}.durations);
}

TEST(CountTest, TransitionsAndMissedOnes) {
  FleetTotals totals;
  Transition step = completed_after(minutes(1));
  step.from.reset();
  step.missed = true;
  count(step, totals);
  count(step, totals);
  EXPECT_EQ((totals.transitions[{Source::Dedicated, std::nullopt, JobState::Completed}]), 2U);
  EXPECT_EQ(totals.missed[project()], 2U);
}

}  // namespace
}  // namespace restorewatch
