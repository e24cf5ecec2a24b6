// Which clusters a report has, how well they are tested, and when nobody looked.

#include <gtest/gtest.h>

#include "report/drill_gap.h"
#include "report/ledger.h"

namespace restorewatch {
namespace {

/// What is noted as blind has not been seen for so long.
constexpr std::chrono::minutes kStaleAfter{15};

using namespace testing_jobs;
using std::chrono::days;

TargetKey with_cluster_id(TargetKey key, char digit) {
  key.cluster_id = *parse_object_id(std::string(24, digit));
  return key;
}

TargetKey named(std::string name) {
  return {project(), std::move(name), Source::Dedicated};
}

std::vector<std::string> names_of(const Report& report) {
  std::vector<std::string> names;
  for (const ClusterSummary& summary : report.clusters) names.push_back(summary.cluster.name);
  return names;
}

class CoverageOfAPeriod : public testing::Test {
 protected:
  CoverageOfAPeriod() {
    ledger_.begin(day(1), target_key());
    ledger_.facts.last_looked_at = day(30);
    ledger_.now = day(30);
  }

  std::vector<Gap> gaps() const { return ledger_.report(ten_days()).gaps; }

  Ledger ledger_;
};

TEST_F(CoverageOfAPeriod, AClusterWithoutAnyRestoreHasItsRow) {
  const ClusterSummary summary = ledger_.cluster(ten_days());
  EXPECT_EQ(summary.coverage, Coverage::NeverTested);
  EXPECT_EQ(summary.watched, (std::vector<Span>{{day(10), day(20)}}));
  EXPECT_EQ(summary.unseen, seconds(0));
  EXPECT_TRUE(summary.watched_at_end);
  EXPECT_FALSE(summary.success_share());
  EXPECT_TRUE(gaps().empty());
}

TEST_F(CoverageOfAPeriod, ABlindSpanThatCrossesTheBeginningIsClipped) {
  ledger_.note(NoteKind::TargetBlind, day(8) + kStaleAfter, target_key());
  ledger_.note(NoteKind::TargetVisible, day(12), target_key());
  const ClusterSummary summary = ledger_.cluster(ten_days());
  EXPECT_EQ(summary.unseen, days(2));
  EXPECT_FALSE(summary.blind_at_end);
  ASSERT_EQ(gaps().size(), 1U);
  EXPECT_EQ(gaps()[0].kind, GapKind::Blind);
  EXPECT_EQ(gaps()[0].span, (Span{day(8), day(12)}));
  EXPECT_EQ(gaps()[0].source, Source::Dedicated);
}

TEST_F(CoverageOfAPeriod, ABlindSpanThatCrossesTheEndIsClipped) {
  ledger_.note(NoteKind::TargetBlind, day(17) + kStaleAfter, target_key());
  ledger_.note(NoteKind::TargetVisible, day(25), target_key());
  EXPECT_EQ(ledger_.cluster(ten_days()).unseen, days(3));
  EXPECT_TRUE(ledger_.cluster(ten_days()).blind_at_end);
}

TEST_F(CoverageOfAPeriod, ABlindTargetStaysBlindUntilItIsSeenOrRemoved) {
  ledger_.note(NoteKind::TargetBlind, day(15) + kStaleAfter, target_key());
  EXPECT_EQ(ledger_.cluster(ten_days()).unseen, days(5));
  EXPECT_FALSE(gaps()[0].span.to);
  ledger_.note(NoteKind::TargetRemoved, day(16), target_key());
  EXPECT_EQ(gaps()[0].span.to, day(16));
  EXPECT_EQ(ledger_.cluster(ten_days()).unseen, days(1));
}

TEST_F(CoverageOfAPeriod, WhatWasNeverReadWasNeverSeenBlindOrNot) {
  ledger_.facts.first_reads.clear();
  for (const bool is_noted : {false, true}) {
    if (is_noted) ledger_.note(NoteKind::TargetBlind, day(12) + seconds(5), target_key());
    const ClusterSummary summary = ledger_.cluster(ten_days());
    EXPECT_EQ(summary.coverage, Coverage::NotSeen);
    EXPECT_EQ(summary.unseen, days(10));
    EXPECT_FALSE(summary.longest_gap) << "nobody knows";
    ASSERT_EQ(gaps().size(), 1U);
    EXPECT_EQ(gaps()[0].kind, GapKind::Blind);
  }
}

TEST_F(CoverageOfAPeriod, UntilItWasFirstReadNothingWasSeen) {
  ledger_.note(NoteKind::TargetAdded, day(11), named("late"));
  ledger_.facts.first_reads.back().second = day(14);
  // Whoever noted that took some seconds to do so.
  ledger_.note(NoteKind::TargetBlind, day(11) + kStaleAfter + seconds(5), named("late"));
  ledger_.note(NoteKind::TargetVisible, day(14), named("late"));
  ledger_.note(NoteKind::TargetBlind, day(18) + kStaleAfter, named("late"));
  ASSERT_EQ(gaps().size(), 2U);
  EXPECT_EQ(gaps()[0].span, (Span{day(11), day(14)}));
  EXPECT_EQ(gaps()[1].span, (Span{day(18)}));
}

TEST_F(CoverageOfAPeriod, BlindSpansOutsideAreNone) {
  ledger_.note(NoteKind::TargetBlind, day(2) + kStaleAfter, target_key());
  ledger_.note(NoteKind::TargetVisible, day(10), target_key());
  ledger_.note(NoteKind::TargetBlind, day(20) + kStaleAfter, target_key());
  EXPECT_TRUE(gaps().empty());
  EXPECT_EQ(ledger_.cluster(ten_days()).unseen, seconds(0));
}

TEST_F(CoverageOfAPeriod, BlindThroughTwoSourcesAtOnceIsUnseenOnce) {
  TargetKey collection = target_key();
  collection.source = Source::Collection;
  ledger_.note(NoteKind::TargetAdded, day(2), collection);
  ledger_.note(NoteKind::TargetBlind, day(11) + kStaleAfter, target_key());
  ledger_.note(NoteKind::TargetBlind, day(12) + kStaleAfter, collection);
  ledger_.note(NoteKind::TargetVisible, day(13), target_key());
  ledger_.note(NoteKind::TargetVisible, day(14), collection);
  EXPECT_EQ(ledger_.cluster(ten_days()).unseen, days(3));
  EXPECT_EQ(gaps().size(), 2U);
}

TEST_F(CoverageOfAPeriod, AClusterThatWasRemovedAndCameBackIsOneWithTwoSpans) {
  ledger_.note(NoteKind::TargetRemoved, day(12), target_key());
  ledger_.note(NoteKind::TargetAdded, day(15), target_key());
  const ClusterSummary summary = ledger_.cluster(ten_days());
  EXPECT_EQ(summary.watched, (std::vector<Span>{{day(10), day(12)}, {day(15), day(20)}}));
  EXPECT_TRUE(summary.watched_at_end);
  EXPECT_EQ(gaps(), (std::vector<Gap>{{GapKind::NotWatched, {day(12), day(15)}, 0}}));
}

TEST_F(CoverageOfAPeriod, OneThatWasRemovedBeforeHasNoRow) {
  ledger_.note(NoteKind::TargetRemoved, day(9), target_key());
  EXPECT_TRUE(ledger_.report(ten_days()).clusters.empty());
}

TEST_F(CoverageOfAPeriod, OneThatWasRemovedWithinHasOne) {
  ledger_.note(NoteKind::TargetRemoved, day(11), target_key());
  EXPECT_FALSE(ledger_.cluster(ten_days()).watched_at_end);
  EXPECT_EQ(gaps(), (std::vector<Gap>{{GapKind::NotWatched, {day(11)}, 0}}));
}

TEST(ClusterIdentity, ARenamedClusterIsOneUnderItsNewName) {
  Ledger ledger;
  ledger.begin(day(1), with_cluster_id(named("old"), 'c'));
  RestoreJob first = job(JobState::Completed, 1, -days(11));
  // Found under the old name in the order of ids, after the new one in the order of entries.
  RestoreJob second = job(JobState::Failed, 2, -days(12));
  ledger.step(with_cluster_id(named("old"), 'c'), second, std::nullopt, day(12));
  ledger.step(with_cluster_id(named("new"), 'c'), first, std::nullopt, day(13));
  ledger.now = day(30);
  const ClusterSummary summary = ledger.cluster(ten_days());
  EXPECT_EQ(summary.cluster.name, "new");
  EXPECT_EQ(summary.restores_ended(), 2U);
  for (const ReportRow& row : ledger.rows(ten_days())) EXPECT_EQ(row.cluster_name, "new");
}

TEST(ClusterIdentity, ANameThatIsUsedAgainIsAnotherCluster) {
  Ledger ledger;
  ledger.begin(day(1), with_cluster_id(named("a"), 'c'));
  ledger.step(with_cluster_id(named("a"), 'c'), job(JobState::Completed, 1, -days(5)), std::nullopt,
              day(5));
  ledger.note(NoteKind::TargetRemoved, day(11), with_cluster_id(named("a"), 'c'));
  ledger.note(NoteKind::TargetAdded, day(12), with_cluster_id(named("a"), 'd'));
  ledger.facts.last_looked_at = ledger.now = day(30);
  const Report report = ledger.report(ten_days());
  ASSERT_EQ(report.clusters.size(), 2U);
  EXPECT_EQ(report.clusters[0].coverage, Coverage::TestedBefore);
  EXPECT_EQ(report.clusters[1].coverage, Coverage::NeverTested);
}

TEST(ClusterIdentity, AClusterThatBecomesKnownByItsIdIsTheSame) {
  Ledger ledger;
  ledger.begin(day(1), named("a"));
  ledger.step(with_cluster_id(named("a"), 'c'), job(JobState::Completed, 1, -days(12)),
              std::nullopt, day(12));
  ledger.now = day(30);
  EXPECT_EQ(ledger.cluster(ten_days()).coverage, Coverage::Tested);
}

TEST_F(CoverageOfAPeriod, AKnownClusterThatNobodyLooksAtHasARow) {
  KnownProject known;
  known.project = {project(), "payments", {}};
  known.clusters.resize(2);
  known.clusters[0].cluster.name = "idle";
  known.clusters[1].cluster.name = "later";
  known.clusters[1].cluster.created_at = day(20);
  ledger_.facts.inventory = {known};
  const Report report = ledger_.report(ten_days());
  EXPECT_EQ(names_of(report), (std::vector<std::string>{"idle", "prod-a"}));
  EXPECT_EQ(report.clusters[0].coverage, Coverage::NotWatched);
}

TEST_F(CoverageOfAPeriod, OnlyWhatIsAskedFor) {
  ledger_.note(NoteKind::TargetAdded, day(2), named("drill-1"));
  ledger_.note(NoteKind::TargetBlind, day(11) + kStaleAfter, named("drill-1"));
  ledger_.drill(1, day(11), day(12));
  ReportOptions options = ten_days();
  options.cluster = "drill-*";
  EXPECT_EQ(names_of(ledger_.report(options)), std::vector<std::string>{"drill-1"});
  EXPECT_TRUE(ledger_.rows(options).empty());
  options.cluster = "prod-*";
  EXPECT_EQ(ledger_.rows(options).size(), 1U);
  EXPECT_TRUE(ledger_.report(options).gaps.empty());
  for (const std::string& project_name : {std::string("pay*"), to_string(project())}) {
    options.project = project_name;
    EXPECT_EQ(ledger_.rows(options).size(), 1U);
  }
  options.project = "analytics";
  EXPECT_TRUE(ledger_.rows(options).empty());
}

TEST_F(CoverageOfAPeriod, ADaemonThatWasStoppedLeavesAGap) {
  ledger_.note(NoteKind::DaemonStopped, day(12));
  ledger_.note(NoteKind::DaemonStarted, day(13));
  ASSERT_EQ(gaps().size(), 1U);
  EXPECT_EQ(gaps()[0], (Gap{GapKind::Stopped, {day(12), day(13)}}));
  EXPECT_EQ(ledger_.cluster(ten_days()).unseen, days(1));
}

TEST_F(CoverageOfAPeriod, OneThatWasKilledLeavesAGapFromItsLastEntry) {
  ledger_.note(NoteKind::HeadAnnounced, day(11));
  ledger_.note(NoteKind::DaemonStarted, day(13));
  ASSERT_EQ(gaps().size(), 1U);
  EXPECT_EQ(gaps()[0], (Gap{GapKind::Killed, {day(11), day(13)}}));
}

TEST_F(CoverageOfAPeriod, OneThatIsStoppedLeavesAnOpenGap) {
  ledger_.note(NoteKind::DaemonStopped, day(18));
  ledger_.now = day(30);
  ASSERT_EQ(gaps().size(), 1U);
  EXPECT_EQ(gaps()[0], (Gap{GapKind::Stopped, {day(18)}}));
  EXPECT_EQ(ledger_.report(ten_days()).evidence, (Period{day(10), day(18)}));
}

TEST_F(CoverageOfAPeriod, ACopyOfTheStoreClaimsNothingOfTheTimeAfterIt) {
  ledger_.facts.last_looked_at = day(15);
  EXPECT_EQ(ledger_.report(ten_days()).evidence, (Period{day(10), day(15)}));
  ASSERT_EQ(gaps().size(), 1U);
  EXPECT_EQ(gaps()[0], (Gap{GapKind::Silent, {day(15)}}));
  ledger_.facts.last_looked_at = day(20) - minutes(15);  // not stale yet
  EXPECT_TRUE(gaps().empty());
}

TEST(EvidenceOfAPeriod, BeforeTheStoreNobodyWatched) {
  Ledger ledger;
  ledger.begin(day(12), target_key());
  ledger.facts.last_looked_at = ledger.now = day(30);
  const Report report = ledger.report(ten_days());
  EXPECT_EQ(report.evidence, (Period{day(12), day(20)}));
  ASSERT_EQ(report.gaps.size(), 1U);
  EXPECT_EQ(report.gaps[0], (Gap{GapKind::BeforeStore, {day(10), day(12)}}));
}

TEST(EvidenceOfAPeriod, AfterRetentionThePopulationSaysWhatWasWatched) {
  Ledger ledger;
  ledger.note(NoteKind::HeadAnnounced, day(14));
  ledger.note(NoteKind::TargetVisible, day(15), named("seen-again"));
  ledger.note(NoteKind::TargetRemoved, day(16), named("gone"));
  ledger.facts.population = {
      {named("all-along"), false}, {named("blind"), true}, {named("seen-again"), false}};
  for (const char* const name : {"all-along", "blind", "seen-again", "gone"}) {
    ledger.facts.first_reads.emplace_back(named(name), day(1));
  }
  ledger.facts.forgotten_before = day(13);
  ledger.facts.last_looked_at = ledger.now = day(30);
  const Report report = ledger.report(ten_days());
  EXPECT_EQ(report.gaps[0], (Gap{GapKind::Cut, {day(10), day(13)}}));
  ASSERT_EQ(names_of(report),
            (std::vector<std::string>{"all-along", "blind", "gone", "seen-again"}));
  EXPECT_EQ(report.clusters[0].watched, (std::vector<Span>{{day(13), day(20)}}));
  EXPECT_EQ(report.clusters[0].unseen, days(0));
  EXPECT_EQ(report.clusters[1].unseen, days(7));
  EXPECT_EQ(report.clusters[2].watched, (std::vector<Span>{{day(13), day(16)}}));
  EXPECT_EQ(report.clusters[3].unseen, days(2));
}

class DrillInterval : public CoverageOfAPeriod {
 protected:
  DrillInterval() {
    options_ = ten_days();
    Objectives objectives;
    objectives.drill_interval = days(5);
    options_.objectives = {{Matcher{}, objectives}};
  }
  ReportOptions options_;
};

TEST_F(DrillInterval, IsKeptWhileNoTimeWithoutADrillIsLonger) {
  for (const int at : {8, 13, 17}) ledger_.drill(at, day(at) - hours(1), day(at));
  EXPECT_EQ(ledger_.cluster(options_).longest_gap, days(5));
  EXPECT_EQ(ledger_.cluster(options_).drill_interval_met, true);
}

TEST_F(DrillInterval, IsNotKeptAfterALongerOneThatBeganBeforeThePeriod) {
  for (const int at : {4, 13, 17}) ledger_.drill(at, day(at) - hours(1), day(at));
  EXPECT_EQ(ledger_.cluster(options_).longest_gap, days(9));
  EXPECT_EQ(ledger_.cluster(options_).drill_interval_met, false);
}

TEST_F(DrillInterval, OfANeverTestedClusterCountsFromWhenItWasWatched) {
  EXPECT_EQ(ledger_.cluster(options_).longest_gap, days(19));
  EXPECT_EQ(ledger_.cluster(options_).drill_interval_met, false);
}

TEST_F(DrillInterval, IsNotJudgedWhileItMayNotBeDue) {
  ledger_.note(NoteKind::TargetRemoved, day(2), target_key());
  ledger_.note(NoteKind::TargetAdded, day(16), named("young"));
  EXPECT_EQ(ledger_.cluster(options_).longest_gap, days(4));
  EXPECT_EQ(ledger_.cluster(options_).drill_interval_met, std::nullopt);
}

TEST_F(DrillInterval, BlindIsNotNever) {
  ledger_.drill(1, day(9), day(10));
  ledger_.note(NoteKind::TargetBlind, day(12) + kStaleAfter, target_key());
  EXPECT_EQ(ledger_.cluster(options_).longest_gap, days(9));  // from day 1 to the drill
  options_.period.since = day(11);
  EXPECT_EQ(ledger_.cluster(options_).longest_gap, days(2));
  EXPECT_EQ(ledger_.cluster(options_).drill_interval_met, true);
}

TEST(DrillGapTest, LooksAtTimesThatEndWithin) {
  const auto longest = [](std::vector<WallTime> drills) {
    return drill_gap(std::move(drills), day(5), day(10), day(20))->longest;
  };
  EXPECT_EQ(longest({}), days(15));
  EXPECT_EQ(longest({day(6)}), days(14));
  EXPECT_EQ(longest({day(3), day(12)}), days(9));
  EXPECT_EQ(longest({day(12), day(9)}), days(8));
  EXPECT_EQ(longest({day(12), day(20)}), days(8));  // at the end is in the next period
  EXPECT_FALSE(drill_gap({day(20)}, day(5), day(10), day(20))->any_drill);
  EXPECT_FALSE(drill_gap({}, day(5), day(10), day(10)));
}

TEST(SpanTest, SpansThatTouchOrCoverEachOtherAreOne) {
  const Period period{day(10), day(20)};
  EXPECT_EQ(within(period, {{day(11), day(18)}, {day(12), day(13)}, {day(18), day(19)}}),
            (std::vector<Span>{{day(11), day(19)}}));
  EXPECT_EQ(within(period, {{day(15), day(16)}, {day(11), day(12)}}),
            (std::vector<Span>{{day(11), day(12)}, {day(15), day(16)}}));
  EXPECT_TRUE(within(period, {{day(15), day(14)}}).empty());  // a clock was set back
}

TEST(SpanTest, WhatTwoHaveInCommon) {
  const std::vector<Span> a{{day(10), day(12)}, {day(14), day(16)}};
  const std::vector<Span> b{{day(11), day(15)}, {day(15), day(16)}};
  EXPECT_EQ(common(a, b),
            (std::vector<Span>{{day(11), day(12)}, {day(14), day(15)}, {day(15), day(16)}}));
  EXPECT_EQ(length(common(a, b)), days(3));
  EXPECT_TRUE(common(a, {}).empty());
}

TEST(CoverageOfAReadingThatNeverWorked, IsNotKnown) {
  Ledger ledger;
  ledger.begin(day(11), target_key());
  ledger.note(NoteKind::TargetBlind, day(11) + kStaleAfter, target_key());
  ledger.facts.last_looked_at = ledger.now = day(20);
  const ClusterSummary summary = ledger.cluster(ten_days());
  EXPECT_EQ(summary.coverage, Coverage::NotSeen);
  EXPECT_EQ(summary.unseen, length(summary.watched));
}

TEST(RulesOfAPeriod, AreThoseInForceAtSomeMomentOfIt) {
  Ledger ledger;
  const auto start = [&](WallTime at, const char* rules) {
    ledger.note(NoteKind::DaemonStarted, at);
    if (rules != nullptr) ledger.note(NoteKind::RulesInForce, at, {}, rules);
  };
  ledger.note(NoteKind::StoreCreated, day(1));
  start(day(1), nullptr);
  EXPECT_TRUE(ledger.report(ten_days()).rules.empty());
  start(day(5), "loose");
  start(day(8), "strict");
  start(day(12), "strict");                                   // the same as before
  ledger.note(NoteKind::RulesInForce, day(14), {}, "loose");  // by a reload
  start(day(16), nullptr);
  start(day(30), "later");
  EXPECT_EQ(ledger.report(ten_days()).rules,
            (std::vector<RulesChange>{{day(8), "strict"}, {day(14), "loose"}, {day(16), ""}}));
}

}  // namespace
}  // namespace restorewatch
