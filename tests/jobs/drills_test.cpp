#include "jobs/drills.h"

#include <gtest/gtest.h>

#include "jobs/job_builders.h"

namespace restorewatch {
namespace {

using namespace testing_jobs;

class DrillsTest : public testing::Test {
 protected:
  DrillsTest() {
    inventory_.projects.resize(2);
    inventory_.projects[0].project = {project('a'), "prod-payments", {}};
    inventory_.projects[1].project = {project('c'), "dr-payments", {}};
    job_.target_project_id = project('c');
    job_.target_cluster = "drill-1";
  }

  bool is_drill(const DrillRules& rules) const {
    return purpose_of(job_, &rules, &inventory_) == Purpose::Drill;
  }

  Inventory inventory_;
  RestoreJob job_ = job(JobState::Completed);
};

TEST_F(DrillsTest, WithoutRulesEveryRestoreIsOne) {
  EXPECT_TRUE(is_drill({}));
  EXPECT_EQ(purpose_of(job_, nullptr, nullptr), Purpose::Drill);
  job_.delivery = Delivery::Collection;
  EXPECT_TRUE(is_drill({}));
}

TEST_F(DrillsTest, ADownloadNeverIsNorADeliveryThatNobodyKnows) {
  for (const Delivery delivery : {Delivery::Download, Delivery::Unknown}) {
    job_.delivery = delivery;
    EXPECT_FALSE(is_drill({}));
    EXPECT_FALSE(is_drill({{"*", "*"}}));
  }
}

TEST_F(DrillsTest, AllThatARuleGivesMustMatchAndOneRuleIsEnough) {
  EXPECT_TRUE(is_drill({{"dr-*", "drill-*"}}));
  EXPECT_TRUE(is_drill({{"dr-*", {}}}));
  EXPECT_TRUE(is_drill({{{}, "drill-?"}}));
  EXPECT_FALSE(is_drill({{"dr-*", "prod-*"}}));
  EXPECT_FALSE(is_drill({{"prod-*", "drill-*"}}));
  EXPECT_FALSE(is_drill({{{}, "Drill-1"}}));
  EXPECT_TRUE(is_drill({{"prod-*", {}}, {{}, "drill-1"}}));
}

TEST_F(DrillsTest, AProjectIsMatchedByItsIdToo) {
  EXPECT_TRUE(is_drill({{to_string(project('c')), {}}}));
  EXPECT_FALSE(is_drill({{to_string(project('b')), {}}}));
}

TEST_F(DrillsTest, AProjectThatNobodyKnowsHasNoNameButAnId) {
  job_.target_project_id = project('b');  // between two that are known
  EXPECT_FALSE(is_drill({{"*-payments", {}}}));
  EXPECT_TRUE(is_drill({{to_string(project('b')), {}}}));
  EXPECT_TRUE(is_drill({{"*", {}}}));
  job_.target_project_id = project('c');
  const DrillRules by_name{{"dr-*", {}}};
  EXPECT_EQ(purpose_of(job_, &by_name, nullptr), Purpose::Other);
}

TEST_F(DrillsTest, WhatAtlasDidNotSayIsMatchedByAnythingGoesAlone) {
  job_.target_project_id.reset();
  job_.target_cluster.reset();
  EXPECT_TRUE(is_drill({{"*", "*"}}));
  EXPECT_FALSE(is_drill({{"?*", {}}}));
  EXPECT_FALSE(is_drill({{{}, "?*"}}));
}

}  // namespace
}  // namespace restorewatch
