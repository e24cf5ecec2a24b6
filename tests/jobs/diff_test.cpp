#include "jobs/diff.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <ostream>
#include <set>

#include "jobs/job_builders.h"

namespace restorewatch {
namespace {

using namespace testing_jobs;

/// One look in a rule's story; looks are a minute apart unless `at` says otherwise.
struct Look {
  Listing listing;
  std::vector<JobId> not_found{};
  std::optional<std::chrono::seconds> at{};  // after noon
};

/// A rule as a story: what was seen, look by look, and everything that must come of it.
struct RuleCase {
  std::string_view name;
  std::vector<Look> looks;
  std::vector<std::string> events;  // transitions of all looks, in order
  std::vector<std::string> anomalies{};
  std::function<void(LookFacts&)> given = [](LookFacts&) {};
};

void PrintTo(const RuleCase& rule, std::ostream* out) {
  *out << rule.name;
}

std::string describe(const Transition& step) {
  std::string text = fmt::format("{} {}>{}", static_cast<int>(step.job.id.bytes[11]),
                                 step.from ? label(*step.from) : "none", label(step.to));
  if (step.nth > 1) text += fmt::format(" nth={}", step.nth);
  if (step.outcome) text += fmt::format(" outcome={}", label(*step.outcome));
  if (step.counts_request) text += " +request";
  if (step.counts_outcome) text += " +outcome";
  if (step.missed) text += " missed";
  if (!step.not_before) text += " (no earlier look)";
  return text;
}

struct Told {
  TargetRecord record;
  std::vector<std::string> events;
  std::vector<std::string> anomalies;
};

Told tell(const RuleCase& rule) {
  Told told;
  told.record.key = target_key();
  std::chrono::seconds clock{0};
  for (const Look& look : rule.looks) {
    LookFacts now = facts(noon() + look.at.value_or(clock));
    now.not_found = look.not_found;
    rule.given(now);
    const Diff seen = diff(told.record, look.listing, now);
    for (const Transition& step : seen.result.transitions) told.events.push_back(describe(step));
    for (const AnomalySeen& odd : seen.anomalies) {
      told.anomalies.emplace_back(label(odd.anomaly));
    }
    if (seen.result.changes_something()) apply(seen.result, told.record);
    if (seen.result.looked_at) told.record.last_looked_at = seen.result.looked_at;
    clock += minutes(1);
  }
  return told;
}

class DiffRules : public testing::TestWithParam<RuleCase> {};

TEST_P(DiffRules, Holds) {
  const Told told = tell(GetParam());
  EXPECT_EQ(told.events, GetParam().events);
  EXPECT_EQ(told.anomalies, GetParam().anomalies);
}

/// Long before the jobs of the stories were requested.
const Look kBaseline{listing({}), {}, -hours(2)};
const Look kLateBaseline{listing({}), {}, seconds(0)};

RestoreJob moved(RestoreJob job) {
  job.target_cluster = "somewhere-else";
  return job;
}

RestoreJob finished_at(WallTime end) {
  RestoreJob restore = job(JobState::Completed);
  restore.finished_at = end;
  return restore;
}

RestoreJob with_unknown_delivery() {
  RestoreJob odd = job(JobState::InProgress);
  odd.delivery = Delivery::Unknown;
  return odd;
}

RestoreJob link_promised() {
  RestoreJob download = job(JobState::Ready);
  download.state = JobState::InProgress;  // expiresAt is there, the link is not
  return download;
}

INSTANTIATE_TEST_SUITE_P(
    LifeCycle, DiffRules,
    testing::Values(
        RuleCase{"FirstSightAfterTheBaselineIsNews",
                 {kBaseline, {listing({job(JobState::InProgress)})}},
                 {"1 none>in_progress +request"}},
        RuleCase{"NoChangeIsNoTransition",
                 {kBaseline,
                  {listing({job(JobState::InProgress)})},
                  {listing({job(JobState::InProgress)})}},
                 {"1 none>in_progress +request"}},
        RuleCase{
            "CompletionBringsTheOutcome",
            {kBaseline,
             {listing({job(JobState::InProgress)})},
             {listing({job(JobState::Completed)})}},
            {"1 none>in_progress +request", "1 in_progress>completed outcome=completed +outcome"}},
        RuleCase{
            "FailureBringsTheOutcome",
            {kBaseline, {listing({job(JobState::InProgress)})}, {listing({job(JobState::Failed)})}},
            {"1 none>in_progress +request", "1 in_progress>failed outcome=failed +outcome"}},
        RuleCase{
            "CancellationBringsTheOutcome",
            {kBaseline,
             {listing({job(JobState::InProgress)})},
             {listing({job(JobState::Cancelled)})}},
            {"1 none>in_progress +request", "1 in_progress>cancelled outcome=cancelled +outcome"}},
        RuleCase{"ALinkThatAgesAwayIsATransitionButNoOutcome",
                 {kBaseline, {listing({job(JobState::Ready)})}, {listing({expired_download()})}},
                 {"1 none>ready outcome=completed +request +outcome",
                  "1 ready>expired outcome=completed"}},
        RuleCase{"ExpiryWithoutALinkIsTheOutcome",
                 {kBaseline,
                  {listing({job(JobState::InProgress)})},
                  {listing({job(JobState::Expired)})}},
                 {"1 none>in_progress +request", "1 in_progress>expired outcome=expired +outcome"}},
        RuleCase{"AnOutcomeWaitsForTheStepThatBringsIt",
                 {kBaseline, {listing({link_promised()})}, {listing({job(JobState::Ready)})}},
                 {"1 none>in_progress +request", "1 in_progress>ready outcome=completed +outcome"}},
        RuleCase{
            "FirstSeenEndedIsMissedAndCountsOnce",
            {kBaseline, {listing({job(JobState::Failed)})}, {listing({job(JobState::Failed)})}},
            {"1 none>failed outcome=failed +request +outcome missed"}},
        RuleCase{"EventsComeInJobIdOrder",
                 {kBaseline, {listing({job(JobState::Failed, 2), job(JobState::InProgress, 1)})}},
                 {"1 none>in_progress +request",
                  "2 none>failed outcome=failed +request +outcome missed"}}),
    [](const auto& test) { return std::string(test.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Baseline, DiffRules,
    testing::Values(
        RuleCase{"BaselineIsSilent",
                 {{listing({job(JobState::Failed, 1), job(JobState::InProgress, 2),
                            job(JobState::Ready, 3)})}},
                 {}},
        RuleCase{"AJobActiveAtTheBaselineCountsWhenItEnds",
                 {{listing({job(JobState::InProgress)})}, {listing({job(JobState::Failed)})}},
                 {"1 in_progress>failed outcome=failed +outcome"}},
        RuleCase{"HalfASweepIsNoBaseline",
                 {{partial({job(JobState::Failed, 1)})},
                  {listing({job(JobState::Failed, 1), job(JobState::Completed, 2)})},
                  {listing({job(JobState::Failed, 1), job(JobState::Completed, 2),
                            job(JobState::Failed, 3, -minutes(2))})}},
                 {"3 none>failed outcome=failed +request +outcome missed"}},
        RuleCase{"AnEndSeenBetweenHalfSweepsCounts",
                 {{partial({job(JobState::InProgress)})}, {listing({job(JobState::Completed)})}},
                 {"1 in_progress>completed outcome=completed +outcome (no earlier look)"}},
        RuleCase{"WhatTheBaselineCouldNotReadIsHistory",
                 {kLateBaseline, {listing({job(JobState::Failed)})}},
                 {}},
        RuleCase{"WhatEndedAfterTheBaselineIsNewsThoughRequestedBefore",
                 {kLateBaseline, {listing({finished_at(noon() + seconds(1))})}},
                 {"1 none>completed outcome=completed +request +outcome missed"}},
        RuleCase{"WhatEndedWithinTheLookbackIsNews",
                 {{listing({job(JobState::Failed, 1, minutes(5)), job(JobState::Failed, 2)})}},
                 {"1 none>failed outcome=failed +request +outcome missed (no earlier look)"},
                 {},
                 [](LookFacts& facts) { facts.baseline_lookback = minutes(30); }},
        RuleCase{"ANewClustersFirstFailureIsNews",
                 {{listing({job(JobState::Failed)})}},
                 {"1 none>failed outcome=failed +request +outcome missed (no earlier look)"},
                 {},
                 [](LookFacts& facts) {
                   facts.project_known_since = noon() - hours(48);
                   facts.cluster_created_at = noon() - hours(2);
                 }},
        RuleCase{"AnOldClusterFoundLateHasABaseline",
                 {{listing({job(JobState::Failed)})}},
                 {},
                 {},
                 [](LookFacts& facts) {
                   facts.project_known_since = noon() - hours(2);
                   facts.cluster_created_at = noon() - hours(48);
                 }}),
    [](const auto& test) { return std::string(test.param.name); });

INSTANTIATE_TEST_SUITE_P(Horizon, DiffRules,
                         testing::Values(RuleCase{"WhatRetentionForgotIsNeverNews",
                                                  {kBaseline, {listing({job(JobState::Failed)})}},
                                                  {},
                                                  {},
                                                  [](LookFacts& facts) { facts.horizon = noon(); }},
                                         RuleCase{
                                             "AnOldJobThatIsStillActiveIsWatchedToItsEnd",
                                             {kBaseline,
                                              {listing({job(JobState::InProgress)})},
                                              {listing({job(JobState::Failed)})}},
                                             {"1 in_progress>failed outcome=failed +outcome"},
                                             {},
                                             [](LookFacts& facts) { facts.horizon = noon(); }}),
                         [](const auto& test) { return std::string(test.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Lost, DiffRules,
    testing::Values(
        RuleCase{"AbsenceFromAListingIsNoTransition",
                 {kBaseline, {listing({job(JobState::InProgress)})}, {listing({})}, {listing({})}},
                 {"1 none>in_progress +request"}},
        RuleCase{"OneNotFoundIsNotEnough",
                 {kBaseline, {listing({job(JobState::InProgress)})}, {listing({}), {job_id(1)}}},
                 {"1 none>in_progress +request"}},
        RuleCase{"TwoNotFoundsCloseTogetherAreNotEnough",
                 {kBaseline,
                  {listing({job(JobState::InProgress)})},
                  {listing({}), {job_id(1)}, minutes(2)},
                  {listing({}), {job_id(1)}, minutes(11)}},
                 {"1 none>in_progress +request"}},
        RuleCase{"TwoNotFoundsFarApartMakeItLost",
                 {kBaseline,
                  {listing({job(JobState::InProgress)})},
                  {listing({}), {job_id(1)}, minutes(2)},
                  {listing({}), {job_id(1)}, minutes(12)}},
                 {"1 none>in_progress +request", "1 in_progress>lost outcome=lost +outcome"}},
        RuleCase{"ASightInBetweenStartsTheWaitAnew",
                 {kBaseline,
                  {listing({job(JobState::InProgress)})},
                  {listing({}), {job_id(1)}, minutes(2)},
                  {listing({job(JobState::InProgress)}), {}, minutes(5)},
                  {listing({}), {job_id(1)}, minutes(13)}},
                 {"1 none>in_progress +request"}},
        RuleCase{"AnEndedJobIsNeverLost",
                 {kBaseline,
                  {listing({job(JobState::Completed)})},
                  {listing({}), {job_id(1)}, minutes(2)},
                  {listing({}), {job_id(1)}, minutes(60)}},
                 {"1 none>completed outcome=completed +request +outcome missed"}},
        RuleCase{"ALostJobThatReappearsIsUndone",
                 {kBaseline,
                  {listing({job(JobState::InProgress)})},
                  {listing({}), {job_id(1)}, minutes(2)},
                  {listing({}), {job_id(1)}, minutes(12)},
                  {listing({job(JobState::InProgress)}), {}, minutes(13)},
                  {listing({job(JobState::Completed)}), {}, minutes(14)}},
                 {"1 none>in_progress +request", "1 in_progress>lost outcome=lost +outcome",
                  "1 lost>in_progress nth=2", "1 in_progress>completed outcome=completed +outcome"},
                 {"reappeared"}},
        RuleCase{"AReadyDownloadThatIsGoneKeepsItsOutcome",
                 {kBaseline,
                  {listing({job(JobState::Ready)})},
                  {listing({}), {job_id(1)}, minutes(2)},
                  {listing({}), {job_id(1)}, minutes(12)}},
                 {"1 none>ready outcome=completed +request +outcome",
                  "1 ready>lost outcome=completed"}}),
    [](const auto& test) { return std::string(test.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Anomalies, DiffRules,
    testing::Values(
        RuleCase{"AnEndedJobActiveAgainIsBelievedAndCounted",
                 {kBaseline,
                  {listing({job(JobState::Completed)})},
                  {listing({job(JobState::InProgress)})},
                  {listing({job(JobState::Completed)})}},
                 {"1 none>completed outcome=completed +request +outcome missed",
                  "1 completed>in_progress outcome=completed",
                  "1 in_progress>completed nth=2 outcome=completed"},
                 {"reactivated"}},
        RuleCase{
            "AnotherEndKeepsTheFirstOutcome",
            {kBaseline, {listing({job(JobState::Completed)})}, {listing({job(JobState::Failed)})}},
            {"1 none>completed outcome=completed +request +outcome missed",
             "1 completed>failed outcome=completed"},
            {"outcome_contradicted"}},
        RuleCase{"AChangedTargetIsNoted",
                 {kBaseline,
                  {listing({job(JobState::InProgress)})},
                  {listing({moved(job(JobState::InProgress))})}},
                 {"1 none>in_progress +request"},
                 {"target_changed"}},
        RuleCase{
            "AnUnknownDeliveryIsCarried",
            {kBaseline, {listing({with_unknown_delivery()})}, {listing({with_unknown_delivery()})}},
            {"1 none>in_progress +request"}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(DiffTest, AnUnchangedLookChangesNothing) {
  TargetRecord record;
  record.key = target_key();
  apply(diff(record, listing({job(JobState::InProgress)}), facts()).result, record);
  const Diff again = diff(record, listing({job(JobState::InProgress)}), facts(noon() + minutes(1)));
  EXPECT_FALSE(again.result.changes_something());
}

TEST(DiffTest, ATransitionTellsTheWholeStory) {
  TargetRecord record;
  record.key = target_key();
  apply(diff(record, listing({}), facts(noon() - hours(2))).result, record);
  const auto seen = diff(record, listing({job(JobState::Completed)}), facts(noon() + minutes(1)));
  ASSERT_EQ(seen.result.transitions.size(), 1U);
  const Transition& step = seen.result.transitions[0];
  EXPECT_EQ(step.target, target_key());
  EXPECT_EQ(step.project_name, "prod");
  EXPECT_EQ(step.job, job(JobState::Completed));
  EXPECT_EQ(step.observed_at, noon() + minutes(1));
  EXPECT_EQ(step.not_before, facts(noon() - hours(2)).started_at);
  EXPECT_EQ(step.scope, Scope::SameProject);
  EXPECT_EQ(step.purpose, Purpose::Drill);
  EXPECT_EQ(event_id(step), to_string(job_id(1)) + ":completed:1");
}

TEST(DiffTest, ThePurposeIsFixedAtFirstSight) {
  TargetRecord record;
  record.key = target_key();
  const auto look = [&](JobState state, const char* drills_go_to) {
    LookFacts now = facts(noon());
    now.drills = std::make_shared<const DrillRules>(DrillRules{{{}, drills_go_to}});
    const Diff seen = diff(record, listing({job(state)}), now);
    apply(seen.result, record);
    return seen.result.jobs.at(0).purpose;
  };
  EXPECT_EQ(look(JobState::Queued, "drill-1"), Purpose::Drill);
  EXPECT_EQ(look(JobState::Running, "elsewhere"), Purpose::Drill);
  record.jobs = {};
  EXPECT_EQ(look(JobState::Queued, "elsewhere"), Purpose::Other);
  EXPECT_EQ(look(JobState::Running, "drill-1"), Purpose::Other);
}

TEST(DiffTest, WhatAJobBreaksIsSaidOnceAtFirstSight) {
  TargetRecord record;
  record.key = target_key();
  const auto look = [&](std::vector<RestoreJob> jobs, WallTime at) {
    LookFacts now = facts(at);
    now.policies = std::make_shared<const Policies>(Policies{{{}, {{}, {}, true}}});
    const Diff seen = diff(record, listing(std::move(jobs)), now);
    apply(seen.result, record);
    return seen.result.transitions;
  };
  const auto broken = Violations().set(index_of(PolicyRule::ProtectedTarget));
  const auto index = index_of(PolicyRule::ProtectedTarget);
  EXPECT_TRUE(look({job(JobState::Running)}, noon()).empty());  // the baseline is silent
  const auto later = look({job(JobState::Completed), job(JobState::Queued, 2)}, noon() + hours(1));
  ASSERT_EQ(later.size(), 2U);
  EXPECT_EQ(later[0].violations, Violations());
  EXPECT_EQ(later[1].violations, broken);
  EXPECT_EQ(record.last_violation_at[index], later[1].observed_at);
  const auto end = look({job(JobState::Completed), job(JobState::Failed, 2)}, noon() + hours(2));
  ASSERT_EQ(end.size(), 1U);
  EXPECT_EQ(end[0].violations, Violations());
  EXPECT_EQ(record.last_violation_at[index], later[1].observed_at);
  EXPECT_EQ(record.counters.violations[index], 1U);
}

TEST(DiffTest, ProjectsAreKnownByTheNamesInTheInventory) {
  TargetRecord record;
  record.key = target_key();
  LookFacts now = facts(noon());
  Inventory inventory;
  inventory.projects.emplace_back().project = {project(), "prod", {}};
  now.inventory = std::make_shared<const Inventory>(inventory);
  now.drills = std::make_shared<const DrillRules>(DrillRules{{"prod", {}}});
  const Diff seen = diff(record, listing({job(JobState::Completed)}), now);
  EXPECT_EQ(seen.result.jobs.at(0).purpose, Purpose::Drill);
}

TEST(DiffTest, APartialLookIsNoEarlierLook) {
  TargetRecord record;
  record.key = target_key();
  apply(diff(record, listing({}), facts(noon() - hours(2))).result, record);
  apply(diff(record, partial({job(JobState::InProgress)}), facts()).result, record);
  const auto seen = diff(record, listing({job(JobState::Failed)}), facts(noon() + minutes(1)));
  EXPECT_EQ(seen.result.transitions.at(0).not_before, facts(noon() - hours(2)).started_at);
}

TEST(DiffTest, ALookWithAnUnansweredQuestionIsNotWhole) {
  TargetRecord record;
  record.key = target_key();
  LookFacts now = facts();
  now.whole = false;
  EXPECT_EQ(diff(record, listing({}), now).result.looked_at, std::nullopt);
}

TEST(DiffTest, WhatTheLastLookCouldNotReadHasNoEarlierLook) {
  TargetRecord record;
  record.key = target_key();
  apply(diff(record, listing({}), facts(noon() - hours(2))).result, record);
  LookFacts now = facts();
  now.unseen_before = {job_id(1)};
  const auto seen =
      diff(record, listing({job(JobState::Failed, 1), job(JobState::Failed, 2)}), now);
  EXPECT_EQ(seen.result.transitions.at(0).not_before, std::nullopt);
  EXPECT_TRUE(seen.result.transitions.at(1).not_before.has_value());
}

TEST(DiffTest, AJobWithoutAnEndTimeEndedWhenWeSawIt) {
  TargetRecord record;
  record.key = target_key();
  apply(diff(record, listing({}), facts(noon() - hours(2))).result, record);
  apply(diff(record, listing({job(JobState::Failed)}), facts(noon() + minutes(1))).result, record);
  EXPECT_EQ(record.jobs.find(job_id(1))->ended_at, noon() + minutes(1));
  EXPECT_EQ(record.jobs.find(job_id(1))->outcome_observed_at, noon() + minutes(1));
}

TEST(DiffTest, ABaselineJobWithoutAnEndTimeEndedWhenItWasRequested) {
  TargetRecord record;
  record.key = target_key();
  apply(diff(record, listing({job(JobState::Failed)}), facts()).result, record);
  EXPECT_EQ(record.jobs.find(job_id(1))->ended_at, job(JobState::Failed).requested_at);
  EXPECT_EQ(record.jobs.find(job_id(1))->outcome_observed_at, std::nullopt);
}

TEST(UnlistedOpenJobsTest, NamesOnlyOpenJobsThatACompleteListingDoesNotShow) {
  TargetRecord record;
  record.key = target_key();
  apply(diff(record,
             listing({job(JobState::InProgress, 1), job(JobState::Completed, 2),
                      job(JobState::Ready, 3), job(JobState::InProgress, 4),
                      job(JobState::InProgress, 5)}),
             facts())
            .result,
        record);
  Listing now = listing({job(JobState::InProgress, 4)});
  now.unreadable.push_back({to_string(job_id(5)), "finishedAt is no time"});
  EXPECT_EQ(jobs_to_ask_for(record, now, noon()), (std::vector{job_id(1), job_id(3)}));
  now.error = Error{ErrorKind::Timeout, ""};
  EXPECT_TRUE(jobs_to_ask_for(record, now, noon()).empty());
}

struct ScopeCase {
  std::string_view name;
  std::function<void(RestoreJob&)> change;
  Scope scope;
};

void PrintTo(const ScopeCase& row, std::ostream* out) {
  *out << row.name;
}

class ScopeOf : public testing::TestWithParam<ScopeCase> {};

TEST_P(ScopeOf, SaysWhereTheDataGoes) {
  RestoreJob restored = job(JobState::InProgress);
  GetParam().change(restored);
  EXPECT_EQ(scope_of(target_key(), restored), GetParam().scope);
}

INSTANTIATE_TEST_SUITE_P(
    Scopes, ScopeOf,
    testing::Values(ScopeCase{"SameCluster", [](RestoreJob& j) { j.target_cluster = "prod-a"; },
                              Scope::SameCluster},
                    ScopeCase{"SameProject", [](RestoreJob& j) { j.target_cluster = "drill-1"; },
                              Scope::SameProject},
                    ScopeCase{"OtherProject",
                              [](RestoreJob& j) { j.target_project_id = project('b'); },
                              Scope::OtherProject},
                    ScopeCase{"OtherProjectWithTheSameClusterName",
                              [](RestoreJob& j) {
                                j.target_project_id = project('b');
                                j.target_cluster = "prod-a";
                              },
                              Scope::OtherProject},
                    ScopeCase{"NoTargetProject", [](RestoreJob& j) { j.target_project_id.reset(); },
                              Scope::Unknown},
                    ScopeCase{"NoTargetCluster", [](RestoreJob& j) { j.target_cluster.reset(); },
                              Scope::Unknown},
                    ScopeCase{"Download", [](RestoreJob& j) { j.delivery = Delivery::Download; },
                              Scope::Download}),
    [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace restorewatch
