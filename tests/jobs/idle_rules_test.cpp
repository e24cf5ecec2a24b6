#include "jobs/idle_rules.h"

#include <gtest/gtest.h>

namespace restorewatch {
namespace {

using Idle = std::vector<std::string>;

Inventory shop() {
  InventoryProject project;
  project.project.id = *parse_object_id(std::string(24, 'a'));
  project.project.name = "prod-shop";
  project.clusters.resize(1);
  project.clusters[0].cluster.name = "orders";
  Inventory inventory;
  inventory.projects.push_back(project);
  return inventory;
}

Matcher of_project(const char* pattern) {
  Matcher matcher;
  matcher.project = pattern;
  return matcher;
}

TEST(IdleRulesTest, AreThoseThatPickNoCluster) {
  Rules rules;
  rules.objectives = {{of_project("prod-*"), {}}, {of_project("prd-*"), {}}};
  rules.policies = {{of_project("shop"), {}}, {{}, {}}};
  EXPECT_EQ(idle_rules(rules, shop()), (Idle{"objectives[1]", "policies[0]"}));
  EXPECT_EQ(idle_rules(rules, {}),
            (Idle{"objectives[0]", "objectives[1]", "policies[0]", "policies[1]"}));
}

TEST(IdleRulesTest, ADrillMayRunIntoAClusterThatIsMadeForIt) {
  Rules rules;
  rules.drills = {{"prod-shop", "drill-*"}, {{}, "drill-*"}, {std::string(24, 'a'), {}}, {"x", {}}};
  EXPECT_EQ(idle_rules(rules, shop()), Idle{"drills[3]"});
}

}  // namespace
}  // namespace restorewatch
