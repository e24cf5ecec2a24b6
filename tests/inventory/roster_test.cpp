#include "inventory/roster.h"

#include <gtest/gtest.h>

#include "inventory/inventory_builders.h"

namespace restorewatch {
namespace {

using namespace testing_inventory;
using Words = std::vector<std::string>;
using Credentials = std::vector<std::string>;

Error failure(std::string detail = "no") {
  return {ErrorKind::Unreachable, std::move(detail)};
}

class RosterTest : public testing::Test {
 protected:
  /// A daemon started with these wishes on what the last one remembered.
  void start(Wanted wanted) {
    wanted_ = std::move(wanted);
    std::vector<KnownProject> known;
    if (roster_) known = roster_->to_remember();
    roster_.emplace(wanted_, std::move(known));
  }

  /// One round in which each credential sees what it is said to see.
  void projects(const std::map<std::string, Result<std::vector<Project>>>& answers) {
    for (const auto& [credential, answer] : answers) roster_->projects_listed(credential, answer);
    roster_->projects_complete();
  }
  void projects(std::vector<Project> seen) { projects({{"main", std::move(seen)}}); }

  void clusters(unsigned project, Result<std::vector<Cluster>> answer) {
    roster_->clusters_listed(object_id(project), std::move(answer), day(100));
  }

  /// The names of the projects there are, those excluded in brackets.
  Words names() {
    Words names;
    for (const InventoryProject& known : take().projects) {
      names.push_back(known.excluded ? "(" + known.project.name + ")" : known.project.name);
    }
    return names;
  }

  Inventory take() { return roster_->take_inventory(); }
  const InventoryProject& only_project() { return (last_ = take()).projects.at(0); }
  Words news() { return words(roster_->take_news()); }

  Wanted wanted_;
  std::optional<Roster> roster_;
  Inventory last_;
};

const Credentials kTwo{"second", "first"};  // in no alphabet's order

TEST_F(RosterTest, ProjectsAreThoseThatTheCredentialsSee) {
  start(everything(kTwo));
  projects({{"second", std::vector{project(2, "b"), project(1, "a")}},
            {"first", std::vector{project(3, "c"), project(1, "a")}}});
  const Inventory inventory = take();
  ASSERT_EQ(inventory.projects.size(), 3U);
  EXPECT_EQ(inventory.projects[0].credentials, kTwo);
  EXPECT_EQ(inventory.projects[1].credentials, (Credentials{"second"}));
  EXPECT_EQ(inventory.projects[2].credentials, (Credentials{"first"}));
  const auto questions = roster_->questions();
  ASSERT_EQ(questions.size(), 3U);
  EXPECT_EQ(questions[0].project_id, object_id(1));
  EXPECT_EQ(questions[0].credentials, kTwo);
  EXPECT_FALSE(questions[0].with_serverless);
}

TEST_F(RosterTest, AsksForServerlessOnlyWhereThatIsASource) {
  wanted_ = everything();
  wanted_.sources.push_back(Source::Serverless);
  start(wanted_);
  projects({project(1)});
  EXPECT_TRUE(roster_->question_about(object_id(1))->with_serverless);
  EXPECT_FALSE(roster_->question_about(object_id(2)));
}

TEST_F(RosterTest, AFailedListKeepsItsProjects) {
  start(everything(kTwo));
  projects({{"second", std::vector{project(1, "a")}}, {"first", std::vector{project(2, "b")}}});
  for (int i = 0; i < 3; ++i) {
    projects({{"second", failure()}, {"first", std::vector{project(2, "b")}}});
    EXPECT_EQ(names(), (Words{"a", "b"}));
    EXPECT_FALSE(roster_->misses_projects());
  }
  Error problem = failure();
  problem.detail = "credential second: " + problem.detail;
  EXPECT_EQ(take().problems, std::vector{problem});
  projects({{"second", std::vector{project(1, "a")}}, {"first", std::vector{project(2, "b")}}});
  EXPECT_EQ(take().problems, std::vector<Error>{});
  EXPECT_EQ(news(), (Words{"! projects cannot be listed", "projects can be listed again"}));
}

TEST_F(RosterTest, AProjectThatIsMissingOnceStays) {
  start(everything());
  projects({project(1, "a")});
  clusters(1, std::vector{cluster("c", 1)});
  news();
  projects(std::vector<Project>{});
  EXPECT_TRUE(roster_->misses_projects());
  EXPECT_EQ(names(), (Words{"a"}));
  EXPECT_EQ(roster_->question_about(object_id(1))->credentials, (Credentials{"main"}));
  projects({project(1, "a")});
  EXPECT_FALSE(roster_->misses_projects());
  projects(std::vector<Project>{});
  EXPECT_EQ(names(), (Words{"a"}));
  EXPECT_EQ(news(), (Words{"! project is not listed any more", "project is listed again",
                           "! project is not listed any more"}));
}

TEST_F(RosterTest, AProjectThatIsMissingTwiceIsGoneOnce) {
  start(everything());
  projects({project(1, "a")});
  clusters(1, std::vector{cluster("c", 1), cluster("d", 0, Tier::Flex)});
  projects(std::vector<Project>{});
  EXPECT_TRUE(take().gone.empty());
  projects(std::vector<Project>{});
  const Inventory inventory = take();
  EXPECT_TRUE(inventory.projects.empty());
  ASSERT_EQ(inventory.gone.size(), 2 * kSourceCount);
  EXPECT_EQ(inventory.gone.front(),
            (TargetKey{object_id(1), "c", Source::Dedicated, object_id(1)}));
  EXPECT_TRUE(take().gone.empty());
  EXPECT_TRUE(roster_->to_remember().empty());
}

TEST_F(RosterTest, AFailureConfirmsNothing) {
  start(everything());
  projects({project(1, "a")});
  projects(std::vector<Project>{});
  projects({{"main", failure()}});
  projects({{"main", failure()}});
  EXPECT_EQ(names(), (Words{"a"}));
  EXPECT_FALSE(roster_->misses_projects());  // asking again soon is of no use
  projects(std::vector<Project>{});
  EXPECT_EQ(names(), Words{});
}

TEST_F(RosterTest, OnlyThoseThatSawAProjectCanConfirmThatItIsGone) {
  start(everything(kTwo));
  const std::vector<Project> none;
  projects({{"second", std::vector{project(1, "a")}}, {"first", none}});
  projects({{"second", none}, {"first", failure()}});
  projects({{"second", failure()}, {"first", none}});
  EXPECT_EQ(names(), (Words{"a"}));
  projects({{"second", none}, {"first", failure()}});
  EXPECT_EQ(names(), Words{});
}

TEST_F(RosterTest, AnotherCredentialMayTakeOver) {
  start(everything(kTwo));
  projects({{"second", std::vector{project(1, "a")}}, {"first", std::vector<Project>{}}});
  roster_->take_inventory();
  projects({{"second", std::vector<Project>{}}, {"first", std::vector{project(1, "a")}}});
  EXPECT_TRUE(roster_->has_changed());
  EXPECT_EQ(only_project().credentials, (Credentials{"first"}));
}

TEST_F(RosterTest, AProjectMayBeRenamed) {
  start(everything());
  projects({project(1, "a")});
  clusters(1, std::vector{cluster("c", 1)});
  news();
  projects({project(1, "b")});
  EXPECT_EQ(names(), (Words{"b"}));
  EXPECT_EQ(news(), (Words{"project has a new name"}));
  EXPECT_EQ(only_project().clusters.size(), 1U);
}

TEST_F(RosterTest, WhoseNameCountsDoesNotDependOnTheOrderOfAnswers) {
  wanted_ = everything(kTwo);
  wanted_.exclude = {projects_called("old")};
  start(wanted_);
  for (const bool swapped : {false, true}) {
    const auto list = [&](const char* credential, const char* name) {
      roster_->projects_listed(credential, std::vector{project(1, name)});
    };
    if (swapped) list("first", "old");
    list("second", "new");
    if (!swapped) list("first", "old");
    roster_->projects_complete();
    EXPECT_EQ(names(), (Words{"new"}));
    clusters(1, std::vector{cluster("c", 1)});
    EXPECT_EQ(only_project().clusters.size(), 1U);
    news();
  }
  projects({{"second", failure()}, {"first", std::vector{project(1, "newer")}}});
  EXPECT_EQ(names(), (Words{"newer"}));
}

TEST_F(RosterTest, AProjectMayBeExcludedByItsNameAndIncludedAgain) {
  wanted_ = everything();
  wanted_.exclude = {projects_called("sandbox-*")};
  start(wanted_);
  projects({project(1, "a")});
  clusters(1, std::vector{cluster("c", 1)});
  projects({project(1, "sandbox-a")});
  EXPECT_EQ(roster_->questions().size(), 0U);
  clusters(1, std::vector{cluster("c", 1)});  // on its way when the name changed
  const Inventory excluded = take();
  EXPECT_TRUE(excluded.projects.at(0).excluded);
  EXPECT_TRUE(excluded.projects.at(0).clusters.empty());
  EXPECT_TRUE(excluded.gone.empty());
  projects({project(1, "b")});
  EXPECT_EQ(roster_->questions().size(), 1U);
  clusters(1, std::vector{cluster("c", 1), cluster("d", 2)});
  EXPECT_EQ(words(only_project().clusters),
            (Words{"c#1 dedicated collection", "d#2 dedicated collection"}));
}

TEST_F(RosterTest, WhatAnExclusionHidesIsNotNewAfterwards) {
  start(everything());
  projects({project(1, "a")});
  clusters(1, std::vector{cluster("c", 1)});
  Wanted without = everything();
  without.exclude = {projects_called("a")};
  start(without);
  EXPECT_EQ(names(), (Words{"(a)"}));
  EXPECT_TRUE(only_project().clusters.empty());
  start(everything());
  clusters(1, std::vector{cluster("c", 1), cluster("d", 2)});
  EXPECT_EQ(words(only_project().clusters),
            (Words{"c#1 dedicated collection", "d#2 dedicated collection"}));
}

TEST_F(RosterTest, ConfiguredProjectsAreThereFromTheStart) {
  wanted_ = everything(kTwo);
  wanted_.projects = {{{object_id(1), {}, "first", std::vector{cluster("c", 0)}},
                       {object_id(2), "mine", "second", {}}}};
  start(wanted_);
  const Inventory before = take();
  ASSERT_EQ(before.projects.size(), 2U);
  EXPECT_EQ(before.projects[0].project.name, to_string(object_id(1)));
  EXPECT_EQ(before.projects[0].credentials, (Credentials{"first"}));
  EXPECT_EQ(words(before.projects[0].clusters), (Words{"c dedicated collection configured"}));
  EXPECT_TRUE(before.projects[1].clusters.empty());

  projects({{"second", std::vector{project(1, "a"), project(2, "b"), project(3, "other")}}});
  clusters(1, std::vector{cluster("c", 1), cluster("d", 2)});
  clusters(2, std::vector{cluster("e", 3)});
  const Inventory after = take();
  ASSERT_EQ(after.projects.size(), 2U);
  EXPECT_EQ(after.projects[0].project.name, "a");
  EXPECT_EQ(after.projects[0].credentials, (Credentials{"first"}));
  EXPECT_EQ(words(after.projects[0].clusters), (Words{"c#1 dedicated collection configured"}));
  EXPECT_EQ(after.projects[1].project.name, "mine");
  EXPECT_EQ(words(after.projects[1].clusters), (Words{"e#3 dedicated collection"}));
}

TEST_F(RosterTest, ConfiguredProjectsNeverGo) {
  wanted_ = everything();
  wanted_.projects = {{{object_id(1), {}, "main", {}}}};
  start(wanted_);
  for (int i = 0; i < 3; ++i) projects(std::vector<Project>{});
  EXPECT_EQ(names().size(), 1U);
  EXPECT_FALSE(roster_->misses_projects());
  EXPECT_TRUE(take().gone.empty());
}

TEST_F(RosterTest, AFailureAboutClustersKeepsThem) {
  start(everything());
  projects({project(1)});
  clusters(1, std::vector{cluster("c", 1)});
  clusters(1, std::vector<Cluster>{});
  EXPECT_TRUE(roster_->misses_clusters(object_id(1)));
  clusters(1, failure());
  clusters(1, failure());
  EXPECT_FALSE(roster_->misses_clusters(object_id(1)));  // asking again soon is of no use
  EXPECT_EQ(words(only_project().clusters), (Words{"c#1 dedicated collection missing"}));
  EXPECT_EQ(only_project().problem, failure());
  clusters(1, std::vector{cluster("c", 1)});
  EXPECT_EQ(words(only_project().clusters), (Words{"c#1 dedicated collection"}));
  EXPECT_EQ(only_project().problem, std::nullopt);
}

TEST_F(RosterTest, WhoComesBackBeforeAnybodyHeardIsNotGone) {
  start(everything());
  projects({project(1)});
  clusters(1, std::vector{cluster("c", 1), cluster("d", 2)});
  take();
  clusters(1, std::vector<Cluster>{});
  clusters(1, std::vector<Cluster>{});
  clusters(1, std::vector{cluster("c", 1)});
  const Inventory inventory = take();
  ASSERT_EQ(inventory.gone.size(), kSourceCount);
  EXPECT_EQ(inventory.gone.front().cluster_name, "d");
}

TEST_F(RosterTest, AnUpgradedClusterGoesWithItsFormerSource) {
  start(everything());
  projects({project(1)});
  clusters(1, std::vector{cluster("c", 1, Tier::Flex)});
  clusters(1, std::vector{cluster("c", 1)});
  EXPECT_TRUE(take().gone.empty());
  clusters(1, std::vector<Cluster>{});
  clusters(1, std::vector<Cluster>{});
  EXPECT_EQ(std::ranges::count(take().gone, Source::Flex, &TargetKey::source), 1);
}

TEST_F(RosterTest, IsSettledWhenEveryQuestionWasAnswered) {
  start(everything(kTwo));
  EXPECT_FALSE(take().settled);
  projects({{"second", std::vector{project(1), project(2)}}, {"first", failure()}});
  EXPECT_FALSE(take().settled);
  clusters(1, std::vector<Cluster>{});
  EXPECT_FALSE(take().settled);
  clusters(2, failure());
  EXPECT_TRUE(take().settled);
}

TEST_F(RosterTest, StaysSettledWhenAProjectAppears) {
  start(everything());
  projects(std::vector<Project>{});
  EXPECT_TRUE(take().settled);
  projects({project(1)});
  EXPECT_TRUE(take().settled);
}

TEST_F(RosterTest, NobodyWaitsForExcludedProjects) {
  wanted_ = everything();
  wanted_.exclude = {Matcher{}};
  start(wanted_);
  projects({project(1)});
  EXPECT_TRUE(take().settled);
}

TEST_F(RosterTest, ARestartGoesOnWithWhatWasKnown) {
  start(everything(kTwo));
  projects({{"second", std::vector{project(1, "a")}}, {"first", std::vector{project(2, "b")}}});
  clusters(1, std::vector{cluster("c", 1)});
  clusters(1, std::vector{cluster("c", 1), cluster("d", 2)});
  const std::vector<KnownProject> known = roster_->to_remember();
  start(everything(kTwo));
  EXPECT_EQ(roster_->to_remember(), known);
  EXPECT_EQ(news(), Words{});
  const Inventory inventory = take();
  EXPECT_FALSE(inventory.settled);
  EXPECT_EQ(words(inventory.projects.at(0).clusters),
            (Words{"c#1 dedicated collection", "d#2 dedicated* collection*"}));
  projects({{"second", failure()}, {"first", failure()}});
  EXPECT_EQ(names(), (Words{"a", "b"}));
  clusters(1, std::vector{cluster("c", 1), cluster("d", 2), cluster("e", 3)});
  EXPECT_EQ(words(only_project().clusters).back(), "e#3 dedicated* collection*");
}

TEST_F(RosterTest, ARestartForgetsWhatNoCredentialSeesAnyMore) {
  start(everything(kTwo));
  projects({{"second", std::vector{project(1, "a")}}, {"first", std::vector{project(2, "b")}}});
  start(everything({"first"}));
  EXPECT_EQ(names(), (Words{"b"}));
  wanted_ = everything({"first"});
  wanted_.projects = {{{object_id(9), "c", "first", {}}}};
  start(wanted_);
  EXPECT_EQ(names(), (Words{"c"}));
}

TEST_F(RosterTest, HasChangedOnlyWhenSomethingHas) {
  start(everything(kTwo));
  const auto changes = [this](auto step) {
    step();
    const bool changed = roster_->has_changed();
    take();
    return changed;
  };
  const auto second_sees = [&](const Result<std::vector<Project>>& seen) {
    return [this, seen] { projects({{"second", seen}, {"first", std::vector<Project>{}}}); };
  };
  const auto has = [&](const Result<std::vector<Cluster>>& listed) {
    return [this, listed] { clusters(1, listed); };
  };
  EXPECT_TRUE(changes([] {}));
  EXPECT_FALSE(changes([] {}));
  EXPECT_TRUE(changes(second_sees(std::vector{project(1)})));
  EXPECT_FALSE(changes(second_sees(std::vector{project(1)})));
  EXPECT_TRUE(changes(has(std::vector{cluster("c", 1)})));
  EXPECT_FALSE(changes(has(std::vector{cluster("c", 1)})));
  EXPECT_TRUE(changes(has(std::vector<Cluster>{})));
  EXPECT_TRUE(changes(has(std::vector<Cluster>{})));
  EXPECT_FALSE(changes(has(std::vector<Cluster>{})));
  EXPECT_TRUE(changes(has(failure("a"))));
  EXPECT_FALSE(changes(has(failure("a"))));
  EXPECT_TRUE(changes(has(failure("b"))));
  EXPECT_TRUE(changes(second_sees(failure("a"))));
  EXPECT_FALSE(changes(second_sees(failure("a"))));
  EXPECT_TRUE(changes(second_sees(failure("b"))));
  EXPECT_TRUE(changes(second_sees(std::vector{project(1, "new")})));
  EXPECT_FALSE(changes(second_sees(std::vector<Project>{})));  // it stays, for now
  EXPECT_TRUE(changes(second_sees(std::vector<Project>{})));
  EXPECT_FALSE(changes(second_sees(std::vector<Project>{})));
}

}  // namespace
}  // namespace restorewatch
