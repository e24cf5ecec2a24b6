#include "jobs/objectives.h"

#include <gtest/gtest.h>

#include "jobs/job_builders.h"

namespace restorewatch {
namespace {

using testing_jobs::hours;
using testing_jobs::project;

/// drill_interval, restore_duration, recovery_point in hours; 0: not given.
Objectives values(int drill, int duration, int point) {
  const auto value = [](int given) {
    return given == 0 ? std::nullopt : std::optional<std::chrono::milliseconds>(hours(given));
  };
  return {value(drill), value(duration), value(point)};
}

ObjectiveRule rule(const char* cluster, const Objectives& objectives) {
  return {Matcher{std::nullopt, cluster, {}, {}}, objectives};
}

class ObjectivesTest : public testing::Test {
 protected:
  Objectives found(const ObjectiveRules& rules) const {
    return objectives_of(rules, project_, cluster_);
  }

  Project project_{project(), "prod-payments", {{"tier", "gold"}}};
  Cluster cluster_ = [] {
    Cluster cluster;
    cluster.name = "orders";
    return cluster;
  }();
};

TEST_F(ObjectivesTest, WithoutARuleThereAreNone) {
  EXPECT_EQ(found({}), Objectives{});
  EXPECT_EQ(found({rule("carts", values(1, 2, 3))}), Objectives{});
}

TEST_F(ObjectivesTest, OfEachValueTheFirstMatchThatGivesItWins) {
  EXPECT_EQ(found({rule("orders", values(1, 0, 0)), rule("carts", values(9, 9, 9)),
                   rule("o*", values(2, 3, 0)), rule("*", values(4, 5, 0))}),
            values(1, 3, 0));
  EXPECT_EQ(found({rule("*", values(0, 0, 7)), rule("orders", values(1, 2, 8))}), values(1, 2, 7));
}

TEST_F(ObjectivesTest, AMatcherPicksByProjectAndTagsToo) {
  const Objectives given = values(1, 2, 3);
  EXPECT_EQ(found({{Matcher{"prod-*", {}, project(), {{"tier", "gold"}}}, given}}), given);
  EXPECT_EQ(found({{Matcher{"dev-*", {}, {}, {}}, given}}), Objectives{});
  EXPECT_EQ(found({{Matcher{{}, {}, project('b'), {}}, given}}), Objectives{});
  cluster_.tags = {{"tier", "silver"}};
  EXPECT_EQ(found({{Matcher{{}, {}, {}, {{"tier", "gold"}}}, given}}), Objectives{});
}

}  // namespace
}  // namespace restorewatch
