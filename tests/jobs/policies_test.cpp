#include "jobs/policies.h"

#include <gtest/gtest.h>

#include "jobs/job_builders.h"

namespace restorewatch {
namespace {

using namespace testing_jobs;

constexpr const char* kNone = "";

Policies one(Matcher clusters, Policy policy) {
  return {{std::move(clusters), std::move(policy)}};
}

class PoliciesTest : public testing::Test {
 protected:
  PoliciesTest() {
    inventory_.projects.resize(2);
    inventory_.projects[0].project = {project('a'), "prod-payments", {{"stage", "prod"}}};
    inventory_.projects[0].clusters = {cluster("drill-1"), cluster("prod-a")};
    inventory_.projects[1].project = {project('c'), "dr-payments", {}};
    inventory_.projects[1].clusters = {cluster("drill-1")};
    inventory_.projects[1].clusters[0].cluster.tags = {{"golden", "yes"}};
  }

  static InventoryCluster cluster(const char* name) {
    InventoryCluster known;
    known.cluster.name = name;
    return known;
  }

  /// A restore of prod-a into that cluster.
  void restores_into(char project_digit, const char* cluster) {
    job_.target_project_id = project(project_digit);
    job_.target_cluster = cluster;
  }

  std::string violations(const Policies& policies) const {
    return label(violations_of(job_, target_key(), "prod-payments", &policies, &inventory_));
  }

  Inventory inventory_;
  RestoreJob job_ = job(JobState::InProgress);
};

TEST_F(PoliciesTest, WithoutPoliciesNothingIsBroken) {
  EXPECT_EQ(violations({}), kNone);
  EXPECT_TRUE(violations_of(job_, target_key(), "", nullptr, nullptr).none());
}

TEST_F(PoliciesTest, DataMayGoToItsOwnProjectAndToThoseAllowed) {
  const Policies into_dr = one({"prod-*", {}, {}, {}}, {{{"dr-*"}}, {}, {}});
  EXPECT_EQ(violations(into_dr), kNone);  // its own
  restores_into('c', "drill-1");
  EXPECT_EQ(violations(into_dr), kNone);
  restores_into('d', "drill-1");  // nobody knows its name
  EXPECT_EQ(violations(into_dr), "target_project");
  EXPECT_EQ(violations(one({}, {{{to_string(project('d'))}}, {}, {}})), kNone);
  EXPECT_EQ(violations(one({}, {{{to_string(project('e'))}}, {}, {}})), "target_project");
  EXPECT_EQ(violations(one({"staging-*", {}, {}, {}}, {{{"dr-*"}}, {}, {}})), kNone);
}

TEST_F(PoliciesTest, AnEmptyListAllowsNoOtherProject) {
  const Policies nowhere = one({}, {std::vector<std::string>{}, {}, {}});
  EXPECT_EQ(violations(nowhere), kNone);
  restores_into('c', "drill-1");
  EXPECT_EQ(violations(nowhere), "target_project");
}

TEST_F(PoliciesTest, WhereAtlasDoesNotSayWhereItGoesNothingIsBroken) {
  job_.target_project_id.reset();
  EXPECT_EQ(violations(one({}, {std::vector<std::string>{}, {}, true})), kNone);
}

TEST_F(PoliciesTest, ADownloadBreaksOnlyTheRuleForDownloads) {
  restores_into('c', "drill-1");
  job_.delivery = Delivery::Download;
  const Policies all = one({}, {std::vector<std::string>{}, false, true});
  EXPECT_EQ(violations(all), "download");
  EXPECT_EQ(violations(one({}, {{}, true, {}})), kNone);
  job_.delivery = Delivery::Automated;
  EXPECT_EQ(violations(all), "target_project,protected_target");
}

TEST_F(PoliciesTest, WhatIsProtectedIsTheClusterThatIsRestoredOver) {
  const Policies over_golden = one({{}, {}, {}, {{"golden", "yes"}}}, {{}, {}, true});
  EXPECT_EQ(violations(over_golden), kNone);  // drill-1 of the own project has no such tag
  restores_into('c', "drill-1");
  EXPECT_EQ(violations(over_golden), "protected_target");
  restores_into('a', "prod-a");  // even its own backup
  EXPECT_EQ(violations(one({"prod-*", "prod-a", {}, {}}, {{}, {}, true})), "protected_target");
  EXPECT_EQ(violations(one({{}, "prod-a", {}, {{"stage", "prod"}}}, {{}, {}, true})),
            "protected_target");
}

TEST_F(PoliciesTest, AClusterThatTheInventoryDoesNotHoldIsKnownByItsNames) {
  const TargetKey source = target_key();
  const Policies policies = one({"prod-*", "drill-*", {}, {}}, {{}, {}, true});
  EXPECT_EQ(label(violations_of(job_, source, "prod-payments", &policies, nullptr)),
            "protected_target");
  EXPECT_EQ(label(violations_of(job_, source, "other", &policies, nullptr)), kNone);
  restores_into('d', "drill-1");  // of which nobody knows the project's name
  EXPECT_EQ(violations(policies), kNone);
  EXPECT_EQ(violations(one({{}, {}, project('d'), {}}, {{}, {}, true})), "protected_target");
}

TEST_F(PoliciesTest, OfOneNameTheClusterThatIsNotDeletedIsMeant) {
  auto& clusters = inventory_.projects[0].clusters;
  clusters = {cluster("drill-1"), cluster("drill-1"), cluster("prod-a")};
  clusters[0].cluster.deleted = true;
  clusters[1].cluster.tags = {{"golden", "yes"}};
  EXPECT_EQ(violations(one({{}, {}, {}, {{"golden", "yes"}}}, {{}, {}, true})), "protected_target");
}

TEST_F(PoliciesTest, OfEachValueTheFirstEntryThatGivesItWins) {
  const Policies policies{{{"prod-*", {}, {}, {}}, {{}, true, {}}},
                          {{{}, {}, {}, {}}, {std::vector<std::string>{}, false, true}}};
  const Policy policy = policy_of(policies, inventory_.projects[0].project, Cluster{});
  EXPECT_EQ(policy, (Policy{std::vector<std::string>{}, true, true}));
  EXPECT_EQ(policy_of(policies, inventory_.projects[1].project, Cluster{}).allow_download, false);
}

}  // namespace
}  // namespace restorewatch
