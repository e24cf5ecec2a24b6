// What the page says of clusters that are known, looked at or not.

#include <gtest/gtest.h>

#include <sstream>

#include "jobs/job_builders.h"
#include "metrics/plain_page.h"

namespace restorewatch {
namespace {

using namespace testing_jobs;

class VisibilityTest : public testing::Test {
 protected:
  VisibilityTest() {
    known_.project = {project(), "prod", {}};
    known_.clusters = {cluster("on", true), cluster("off", false)};
    known_.clusters[1].not_polled = NotPolled::BackupDisabled;
    view_.target = {target_key(), "prod", {"main"}};
    view_.up = true;
    view_.present_unknown = false;
    view_.counters.finished[index_of(Kind::Restore)][index_of(Outcome::Failed)] = 3;
    view_.summary.last_failure[index_of(Kind::Restore)] = LastFailure{noon(), noon()};
  }

  static InventoryCluster cluster(const std::string& name, std::optional<bool> backup_enabled) {
    InventoryCluster known;
    known.cluster.name = name;
    known.cluster.backup_enabled = backup_enabled;
    return known;
  }

  /// The values of the page's series of that name, by all of their labels but the project's.
  std::map<std::string, double> series(const std::string& name) const {
    Snapshot snapshot;
    Inventory inventory;
    inventory.projects = {known_};
    snapshot.inventory = std::make_shared<const Inventory>(inventory);
    snapshot.objectives = std::make_shared<const ObjectiveRules>(objectives_);
    snapshot.targets = {std::make_shared<const TargetView>(view_)};
    const std::string common = "project_id=\"" + to_string(project()) + R"(",project_name="prod")";
    std::map<std::string, double> found;
    std::istringstream page(page_of(snapshot));
    for (std::string line; std::getline(page, line);) {
      if (!line.starts_with("mongodbatlas_restore_" + name + "{")) continue;
      const auto from = line.find(common) + common.size();
      found[line.substr(from, line.find('}') - from)] = std::stod(line.substr(line.rfind(' ')));
    }
    return found;
  }

  InventoryProject known_;
  TargetView view_;
  ObjectiveRules objectives_;
};

TEST_F(VisibilityTest, EveryKnownClusterSaysWhetherItHasBackups) {
  known_.clusters.push_back(cluster("unsaid", std::nullopt));
  known_.clusters.push_back(cluster("off", true));
  known_.clusters.back().not_polled = NotPolled::NameTaken;
  known_.clusters.push_back(cluster("hidden", true));
  known_.clusters.back().not_polled = NotPolled::Excluded;
  EXPECT_EQ(
      series("cluster_backup_enabled"),
      (std::map<std::string, double>{{",cluster_name=\"on\"", 1}, {",cluster_name=\"off\"", 0}}));
}

TEST_F(VisibilityTest, ObjectivesAreShownOfEveryKnownClusterLookedAtOrNot) {
  known_.clusters.push_back(cluster("unsaid", std::nullopt));
  known_.clusters.push_back(cluster("off", true));
  known_.clusters.back().not_polled = NotPolled::NameTaken;
  known_.clusters.push_back(cluster("hidden", true));
  known_.clusters.back().not_polled = NotPolled::Excluded;
  objectives_ = {{{{}, "o*", {}, {}}, {hours(24), {}, {}}},
                 {{"prod", {}, {}, {}}, {hours(48), minutes(5), std::chrono::milliseconds(1500)}}};
  const auto of_each = [](double on, double off, double unsaid) {
    return std::map<std::string, double>{{",cluster_name=\"on\"", on},
                                         {",cluster_name=\"off\"", off},
                                         {",cluster_name=\"unsaid\"", unsaid}};
  };
  EXPECT_EQ(series("objective_drill_interval_seconds"), of_each(86400, 86400, 172800));
  EXPECT_EQ(series("objective_duration_seconds"), of_each(300, 300, 300));
  EXPECT_EQ(series("objective_recovery_point_seconds"), of_each(1.5, 1.5, 1.5));
}

TEST_F(VisibilityTest, AnObjectiveThatIsNotGivenHasNoSeries) {
  EXPECT_TRUE(series("objective_drill_interval_seconds").empty());
  objectives_ = {{{{}, "on", {}, {}}, {{}, minutes(5), {}}}};
  EXPECT_TRUE(series("objective_drill_interval_seconds").empty());
  EXPECT_EQ(series("objective_duration_seconds"),
            (std::map<std::string, double>{{",cluster_name=\"on\"", 300}}));
}

TEST_F(VisibilityTest, RulesThatWereNeverBrokenAreShownWherePoliciesAre) {
  EXPECT_TRUE(series("policy_violations_total").empty());
  view_.counters.violations[index_of(PolicyRule::Download)] = 2;
  view_.last_violation_at[index_of(PolicyRule::Download)] = noon();
  const std::string broken = R"(,cluster_name="prod-a",rule="download")";
  EXPECT_EQ(series("policy_violations_total"), (std::map<std::string, double>{{broken, 2}}));
  view_.has_policies = true;
  EXPECT_EQ(
      series("policy_violations_total"),
      (std::map<std::string, double>{{broken, 2},
                                     {R"(,cluster_name="prod-a",rule="protected_target")", 0},
                                     {R"(,cluster_name="prod-a",rule="target_project")", 0}}));
  EXPECT_EQ(series("last_policy_violation_observed_timestamp_seconds"),
            (std::map<std::string, double>{{broken, unix_seconds(noon())}}));
}

TEST_F(VisibilityTest, AProjectWhoseClustersCannotBeListedIsDown) {
  EXPECT_EQ(series("project_up"), (std::map<std::string, double>{{"", 1}}));
  known_.problem = Error{ErrorKind::Forbidden, "role missing"};
  EXPECT_EQ(series("project_up"), (std::map<std::string, double>{{"", 0}}));
}

TEST_F(VisibilityTest, WhoNamesAllClustersNeedsNoList) {
  known_.problem = Error{ErrorKind::Forbidden, "role missing"};
  for (InventoryCluster& one : known_.clusters) one.configured = true;
  EXPECT_EQ(series("project_up"), (std::map<std::string, double>{{"", 1}}));
  view_.up = false;
  EXPECT_EQ(series("project_up"), (std::map<std::string, double>{{"", 0}}));
}

TEST_F(VisibilityTest, OfAClusterThatIsNotLookedAtOnlyWhatHasHappenedIsShown) {
  view_.polled = false;
  EXPECT_TRUE(series("jobs").empty());
  EXPECT_TRUE(series("download_links_active").empty());
  EXPECT_TRUE(series("target_up").empty());
  EXPECT_TRUE(series("target_effective_interval_seconds").empty());
  EXPECT_EQ(series("last_failure_timestamp_seconds").size(), 1U);
  EXPECT_EQ(series("jobs_finished_total")
                .at(",cluster_name=\"prod-a\",kind=\"restore\",outcome=\"failed\""),
            3);
}

/// As after an upgrade: the old source's past counts, and does not hide the new one's present.
TEST_F(VisibilityTest, ARestingSourceDoesNotBlindTheCluster) {
  Snapshot snapshot;
  TargetView resting = view_;
  resting.polled = false;
  resting.present_unknown = true;
  resting.target.key.source = Source::Flex;
  snapshot.targets = {std::make_shared<const TargetView>(view_),
                      std::make_shared<const TargetView>(resting)};
  const std::string page = page_of(snapshot);
  EXPECT_NE(page.find("source=\"dedicated\",state=\"failed\"} 0"), std::string::npos);
  EXPECT_EQ(page.find("source=\"flex\""), std::string::npos);
  EXPECT_NE(page.find("kind=\"restore\",outcome=\"failed\"} 6"), std::string::npos);
}

}  // namespace
}  // namespace restorewatch
