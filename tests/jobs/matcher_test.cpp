#include "jobs/matcher.h"

#include <gtest/gtest.h>

#include "jobs/job_builders.h"

namespace restorewatch {
namespace {

using testing_jobs::project;

TEST(Glob, MatchesTheWholeText) {
  struct Case {
    const char* pattern;
    const char* text;
    bool matches;
  };
  for (const Case& given : {Case{"prod-*", "prod-payments", true},
                            {"prod-*", "prod-", true},
                            {"prod-*", "my-prod-1", false},
                            {"*-dr", "eu-dr", true},
                            {"*-dr", "eu-dr-2", false},
                            {"a*b*c", "a--b--b--c", true},
                            {"a*b*c", "a--c--b", false},
                            {"prod-?", "prod-a", true},
                            {"prod-?", "prod-", false},
                            {"prod", "Prod", false},
                            {"*", "", true},
                            {"", "", true},
                            {"", "a", false},
                            {"?", "*", true},
                            {"**x", "yx", true}}) {
    EXPECT_EQ(glob_matches(given.pattern, given.text), given.matches)
        << given.pattern << " " << given.text;
  }
}

TEST(Glob, ManyStarsTakeNoTime) {
  std::string pattern;
  for (int i = 0; i < 200; ++i) pattern += "*a";
  EXPECT_FALSE(glob_matches(pattern + "b", std::string(5000, 'a')));
}

class MatcherTest : public testing::Test {
 protected:
  Project project_{project(), "prod-payments", {{"team", "pay"}, {"tier", "gold"}}};
  Cluster cluster_ = [] {
    Cluster cluster;
    cluster.name = "orders";
    cluster.tags = {{"tier", "silver"}};
    return cluster;
  }();
};

TEST_F(MatcherTest, AllThatIsGivenMustMatch) {
  EXPECT_TRUE(matches({}, project_, cluster_));
  EXPECT_TRUE(matches({"prod-*", "ord*", project(), {{"team", "pay"}}}, project_, cluster_));
  EXPECT_FALSE(matches({"dev-*", "ord*", project(), {}}, project_, cluster_));
  EXPECT_FALSE(matches({"prod-*", "carts", project(), {}}, project_, cluster_));
  EXPECT_FALSE(matches({"prod-*", "ord*", project('b'), {}}, project_, cluster_));
  EXPECT_FALSE(matches({"prod-*", "ord*", project(), {{"team", "web"}}}, project_, cluster_));
}

TEST_F(MatcherTest, AClustersTagHidesItsProjects) {
  EXPECT_TRUE(matches({{}, {}, {}, {{"tier", "silver"}}}, project_, cluster_));
  EXPECT_FALSE(matches({{}, {}, {}, {{"tier", "gold"}}}, project_, cluster_));
}

TEST_F(MatcherTest, KnowsWhetherAProjectIsPickedWhole) {
  EXPECT_TRUE(matches_whole({"prod-*", {}, {}, {}}, project_));
  EXPECT_TRUE(matches_whole({"prod-*", "*", {}, {}}, project_));
  EXPECT_FALSE(matches_whole({"prod-*", "o*", {}, {}}, project_));
  EXPECT_FALSE(matches_whole({{}, {}, {}, {{"tier", "gold"}}}, project_));
  EXPECT_FALSE(matches_whole({"dev-*", {}, {}, {}}, project_));
  EXPECT_TRUE(may_match({"prod-*", "o*", {}, {}}, project_));
  EXPECT_FALSE(may_match({{}, {}, project('b'), {}}, project_));
}

TEST(SameTarget, IdsDecideWhereBothHaveOne) {
  const TargetKey named{project(), "a", Source::Dedicated};
  const TargetKey known{project(), "a", Source::Dedicated, project('1')};
  const TargetKey renamed{project(), "b", Source::Dedicated, project('1')};
  const TargetKey successor{project(), "a", Source::Dedicated, project('2')};
  EXPECT_TRUE(same_target(named, known));
  EXPECT_TRUE(same_target(known, renamed));
  EXPECT_FALSE(same_target(named, renamed));
  EXPECT_FALSE(same_target(known, successor));
  EXPECT_FALSE(same_target(known, {project(), "a", Source::Collection, project('1')}));
  EXPECT_FALSE(same_target(known, {project('b'), "a", Source::Dedicated, project('1')}));
}

}  // namespace
}  // namespace restorewatch
