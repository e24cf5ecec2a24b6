#include "http/findings.h"

#include <gtest/gtest.h>

#include "http/sample_site.h"

namespace restorewatch {
namespace {

using namespace testing_site;
using std::chrono::hours;
using std::chrono::minutes;

constexpr auto kAutomated = static_cast<std::size_t>(Delivery::Automated);
constexpr auto kDownload = static_cast<std::size_t>(Delivery::Download);
constexpr auto kRestore = static_cast<std::size_t>(Kind::Restore);

/// One cluster, judged at noon.
class FindingsTest : public testing::Test {
 protected:
  FindingsTest() { site_.project('a', "shop"); }

  ClusterState judged() {
    snapshot_ = site_.snapshot();
    const auto rows = cluster_rows(*snapshot_);
    EXPECT_EQ(rows.size(), 1U);
    return judge(rows.front(), snapshot_->objectives.get(), noon());
  }
  std::vector<Finding> findings() {
    std::vector<Finding> all;
    for (const Found& found : judged().findings) all.push_back(found.what);
    return all;
  }
  static LastSuccess success(WallTime ended_at) {
    return {ended_at, ended_at - hours(1), hours(1), ended_at - hours(3)};
  }

  SampleSite site_;
  std::shared_ptr<const Snapshot> snapshot_;
};

using Findings = std::vector<Finding>;

TEST_F(FindingsTest, NothingIsWrongWithAClusterThatIsSeen) {
  site_.cluster("a");
  EXPECT_EQ(findings(), Findings{});
  EXPECT_EQ(judged().severity(), Severity::Fine);
}

TEST_F(FindingsTest, AFailureCountsUntilOneOfItsKindSucceeds) {
  TargetSummary& summary = site_.cluster("a").summary;
  summary.last_failure[kRestore] = LastFailure{noon() - hours(2), noon() - hours(2)};
  EXPECT_EQ(findings(), Findings{Finding::Failed});
  summary.last_success[kDownload] = success(noon() - hours(1));
  summary.last_success[index_of(Delivery::Unknown)] = success(noon() - hours(1));
  EXPECT_EQ(findings(), Findings{Finding::Failed}) << "neither proves that it can be restored";
  summary.last_success[kAutomated] = success(noon() - hours(1));
  EXPECT_EQ(findings(), Findings{});
}

TEST_F(FindingsTest, AFailureFromBeforeWeWatchedIsHistory) {
  site_.cluster("a").summary.last_failure[kRestore] = LastFailure{noon() - hours(2), {}};
  EXPECT_EQ(findings(), Findings{});
}

TEST_F(FindingsTest, SomethingIsStuckAfterItsObjectiveOrFourHours) {
  TargetView& view = site_.cluster("a");
  site_.add_job(view, job(JobState::InProgress, 1, hours(4)));
  EXPECT_EQ(findings(), Findings{Finding::Active}) << "at four hours it is not over them";
  view.summary.oldest_active_requested_at = noon() - hours(4) - minutes(1);
  EXPECT_EQ(findings(), (Findings{Finding::Stuck, Finding::Active}));
  EXPECT_EQ(judged().findings[0].since, noon() - minutes(1));
  view.summary.oldest_active_requested_at = noon() - hours(1);
  site_.objectives({{}, minutes(30), {}});
  EXPECT_EQ(findings(), (Findings{Finding::Stuck, Finding::Active}));
}

TEST_F(FindingsTest, WhatGoesOnIsNotKnownOfABlindCluster) {
  TargetView& view = site_.cluster("a");
  site_.add_job(view, job(JobState::InProgress, 1, hours(40)));
  view.up = false;
  view.sight = Sight::Blind;
  view.present_unknown = true;
  view.trouble = Trouble{ErrorKind::Forbidden, noon() - hours(3)};
  EXPECT_EQ(findings(), Findings{Finding::Blind});
  EXPECT_EQ(judged().findings[0].since, noon() - hours(3));
  EXPECT_EQ(judged().findings[0].detail, "dedicated: forbidden");
}

TEST_F(FindingsTest, AFailedLookIsNotYetBlindness) {
  TargetView& view = site_.cluster("a");
  view.up = false;
  view.trouble = Trouble{ErrorKind::Timeout, noon() - minutes(3)};
  EXPECT_EQ(findings(), Findings{Finding::Down});
}

TEST_F(FindingsTest, ADrillIsDueOverdueOrWasNeverMade) {
  TargetView& view = site_.cluster("a");
  site_.objectives({hours(24), {}, {}});
  EXPECT_EQ(findings(), Findings{Finding::Untested});
  view.summary.last_drill_success_at = noon() - hours(23);
  EXPECT_EQ(findings(), Findings{});
  EXPECT_EQ(judged().drill_due_at(), noon() + hours(1));
  view.summary.last_drill_success_at = noon() - hours(25);
  EXPECT_EQ(findings(), Findings{Finding::Overdue});
}

TEST_F(FindingsTest, NotSeenYetIsNotNever) {
  TargetView& view = site_.cluster("a");
  site_.objectives({hours(24), {}, {}});
  view.up.reset();
  view.last_success_at.reset();
  view.sight = Sight::Undecided;
  view.present_unknown = true;
  EXPECT_EQ(findings(), Findings{Finding::Waiting});
}

TEST_F(FindingsTest, NeitherBlindNorUnwatchedIsNever) {
  TargetView& view = site_.cluster("a");
  site_.objectives({hours(24), {}, {}});
  view.sight = Sight::Blind;
  view.present_unknown = true;
  EXPECT_EQ(findings(), Findings{Finding::Blind});
  view.polled = false;
  EXPECT_EQ(findings(), (Findings{Finding::Uncovered, Finding::NotWatched}));
  EXPECT_EQ(judged().severity(), Severity::Warning);
}

TEST_F(FindingsTest, WhenBothKindsFailedBothAreSaid) {
  TargetSummary& summary = site_.cluster("a").summary;
  summary.last_failure[kRestore] = LastFailure{noon() - hours(2), noon() - hours(2)};
  summary.last_failure[static_cast<std::size_t>(Kind::Download)] =
      LastFailure{noon() - hours(1), noon() - hours(1)};
  EXPECT_EQ(judged().findings.at(0).detail, "the last restore failed; the last download failed");
}

TEST_F(FindingsTest, ADeletedClusterIsHeldToNothing) {
  site_.known("a").cluster.deleted = true;
  site_.objectives({hours(24), {}, {}});
  EXPECT_EQ(findings(), Findings{Finding::NotWatched});
}

TEST_F(FindingsTest, TheLastRestoreIsHeldToItsObjectives) {
  TargetSummary& summary = site_.cluster("a").summary;
  summary.last_success[kAutomated] = success(noon() - hours(5));  // took 1 h, data 2 h old
  site_.objectives({{}, hours(1), hours(2)});
  EXPECT_EQ(findings(), Findings{});
  summary.last_success[kAutomated]->duration = hours(1) + minutes(1);
  EXPECT_EQ(findings(), Findings{Finding::Slow});
  summary.last_success[kAutomated]->recovery_point = noon() - hours(9);
  EXPECT_EQ(findings(), (Findings{Finding::Slow, Finding::OldPoint}));
}

TEST_F(FindingsTest, BackupOffIsWrongOnlyWhereSomethingIsPromised) {
  InventoryCluster& known = site_.known("a");
  known.cluster.backup_enabled = false;
  known.not_polled = NotPolled::BackupDisabled;
  EXPECT_EQ(findings(), Findings{Finding::NotWatched});
  EXPECT_EQ(judged().findings[0].detail, "backup_disabled");
  site_.objectives({{}, hours(1), {}});
  EXPECT_EQ(findings(), (Findings{Finding::BackupOff, Finding::NotWatched}));
}

TEST_F(FindingsTest, ABrokenPolicyIsWrongForADay) {
  TargetView& view = site_.cluster("a");
  view.last_violation_at[index_of(PolicyRule::Download)] = noon() - hours(25);
  EXPECT_EQ(findings(), Findings{});
  view.last_violation_at[index_of(PolicyRule::TargetProject)] = noon() - hours(24);
  EXPECT_EQ(findings(), Findings{Finding::Violation});
  view.last_violation_at[index_of(PolicyRule::Download)] = noon() - hours(2);
  EXPECT_EQ(judged().findings[0],
            (Found{Finding::Violation, noon() - hours(2),
                   "its data went to a project that is not allowed; it was downloaded"}));
}

TEST_F(FindingsTest, OpenLinksAreTold) {
  site_.cluster("a").summary.links_active = 2;
  EXPECT_EQ(findings(), Findings{Finding::LinkOpen});
  EXPECT_EQ(judged().findings[0].detail, "2 download links");
}

TEST(FindingWordsTest, GoThereAndBack) {
  for (std::size_t i = 0; i < kFindingCount; ++i) {
    const auto finding = static_cast<Finding>(i);
    EXPECT_EQ(finding_from(label(finding)), finding);
    if (i == 0) continue;
    EXPECT_LE(severity_of(static_cast<Finding>(i - 1)), severity_of(finding));
  }
  EXPECT_EQ(finding_from("ok"), std::nullopt);
}

}  // namespace
}  // namespace restorewatch
