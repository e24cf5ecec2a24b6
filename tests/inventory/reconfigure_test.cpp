// What discovery and its roster keep, and what they ask, when the configuration changes.

#include <gtest/gtest.h>

#include <functional>

#include "fakes/fake_directory.h"
#include "fakes/memory_store.h"
#include "inventory/discovery.h"
#include "inventory/inventory_builders.h"

namespace restorewatch {
namespace {

using namespace testing_inventory;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using Words = std::vector<std::string>;

WantedProject named(unsigned number, std::vector<std::string> clusters = {}) {
  WantedProject project{object_id(number), std::nullopt, "main", std::nullopt};
  if (!clusters.empty()) project.clusters.emplace();
  for (std::string& name : clusters) project.clusters->push_back(cluster(std::move(name), 0));
  return project;
}

Wanted only(std::vector<WantedProject> projects) {
  Wanted wanted = everything();
  wanted.projects = std::move(projects);
  return wanted;
}

/// A roster that has heard of two projects with a cluster each, on day 100.
class RosterReconfigureTest : public testing::Test {
 protected:
  RosterReconfigureTest() { hear(100); }

  void hear(int at, std::vector<Cluster> of_first = {cluster("a", 1)}) {
    roster_.projects_listed("main", std::vector{project(1, "one"), project(2, "two")});
    roster_.projects_complete();
    clusters(1, std::move(of_first), at);
    clusters(2, {cluster("b", 2)}, at);
  }
  void clusters(unsigned number, std::vector<Cluster> listed, int at) {
    roster_.clusters_listed(object_id(number), std::move(listed), day(at));
  }
  void want(Wanted wanted) {
    roster_.take_inventory();
    roster_.reconfigure(std::move(wanted), {});
    now_ = roster_.take_inventory();
  }
  Words shown(std::size_t index = 0) { return words(now_.projects.at(index).clusters); }

  Roster roster_{everything(), {}};
  Inventory now_;
};

TEST_F(RosterReconfigureTest, WhatStaysWantedIsKept) {
  want(only({named(1)}));
  ASSERT_EQ(now_.projects.size(), 1U);
  EXPECT_EQ(now_.projects[0].project.name, "one");
  EXPECT_EQ(now_.projects[0].known_since, day(100));
  EXPECT_EQ(shown(), (Words{"a#1 dedicated collection"}));
  EXPECT_TRUE(now_.gone.empty());  // it left the configuration, not Atlas
  EXPECT_TRUE(now_.settled);
}

TEST_F(RosterReconfigureTest, ProblemsAndMissingClustersAreNotForgotten) {
  clusters(1, {}, 101);  // missing once
  roster_.clusters_listed(object_id(2), Error{ErrorKind::Forbidden, "no"}, day(101));
  roster_.projects_listed("main", Error{ErrorKind::Unreachable, "away"});
  want(only({named(1), named(2)}));
  EXPECT_EQ(shown(), (Words{"a#1 dedicated collection missing"}));
  EXPECT_EQ(now_.projects[1].problem->kind, ErrorKind::Forbidden);
  EXPECT_EQ(now_.problems.size(), 1U);
  clusters(1, {}, 102);                                 // twice
  EXPECT_EQ(roster_.take_inventory().gone.size(), 5U);  // through every source
}

TEST_F(RosterReconfigureTest, AnotherSourceIsNoReasonForNews) {
  clusters(1, {cluster("a", 1), created(cluster("new", 3), day(101))}, 101);
  Wanted fewer = everything();
  fewer.sources = {Source::Dedicated};
  want(fewer);
  EXPECT_EQ(shown(), (Words{"a#1 dedicated", "new#3 dedicated*"}));
  want(everything());
  EXPECT_EQ(shown(), (Words{"a#1 dedicated collection", "new#3 dedicated* collection"}));
}

TEST_F(RosterReconfigureTest, ANewProjectIsKnownFromItsFirstList) {
  want(only({named(1)}));
  want(only({named(1), named(3)}));
  EXPECT_FALSE(now_.projects[1].known_since);
  clusters(3, {created(cluster("c", 3), day(50))}, 110);
  now_ = roster_.take_inventory();
  EXPECT_EQ(now_.projects[1].known_since, day(110));
  EXPECT_EQ(shown(1), (Words{"c#3 dedicated collection"}));
}

TEST_F(RosterReconfigureTest, OfAProjectThatTakesAllClustersNowTheOthersAreNotNew) {
  want(only({named(1, {"a"})}));
  want(only({named(1)}));
  clusters(1, {cluster("a", 1), created(cluster("old", 4), day(101))}, 110);
  now_ = roster_.take_inventory();
  EXPECT_EQ(shown(), (Words{"a#1 dedicated collection", "old#4 dedicated collection"}));
  EXPECT_EQ(now_.projects[0].known_since, day(110));
}

TEST_F(RosterReconfigureTest, OneMoreNameIsNotNewEither) {
  want(only({named(1, {"a"})}));
  want(only({named(1, {"a", "old"})}));
  clusters(1, {cluster("a", 1), created(cluster("old", 4), day(101))}, 110);
  now_ = roster_.take_inventory();
  EXPECT_EQ(shown(), (Words{"a#1 dedicated collection configured",
                            "old#4 dedicated collection configured"}));
}

TEST_F(RosterReconfigureTest, WhatOnlyAMatcherKeptAwayIsNotNew) {
  Wanted picky = everything();
  picky.exclude = {clusters_called("a")};
  want(picky);
  EXPECT_EQ(shown(), (Words{"a#1 excluded"}));
  want(everything());
  EXPECT_EQ(shown(), (Words{"a#1 dedicated collection"}));
}

TEST_F(RosterReconfigureTest, AProjectThatComesBackIntoViewIsAsSeenForTheFirstTime) {
  Wanted picky = everything();
  picky.exclude = {projects_called("one")};
  want(picky);
  EXPECT_TRUE(now_.projects[0].excluded);
  want(everything());
  EXPECT_FALSE(now_.projects[0].excluded);
  EXPECT_FALSE(now_.projects[0].known_since);
}

TEST_F(RosterReconfigureTest, WithACredentialGoWhatOnlyItSees) {
  want(everything({"main", "other"}));
  roster_.projects_listed("other", std::vector{project(2, "two"), project(3, "three")});
  roster_.projects_listed("main", std::vector{project(1, "one"), project(2, "two")});
  roster_.projects_complete();
  want(everything({"other"}));
  ASSERT_EQ(now_.projects.size(), 2U);
  EXPECT_EQ(now_.projects[0].project.name, "two");
  EXPECT_EQ(now_.projects[0].known_since, day(100));
  EXPECT_EQ(now_.projects[0].credentials, std::vector<std::string>{"other"});
  EXPECT_TRUE(now_.gone.empty());
}

TEST_F(RosterReconfigureTest, WhatWasNamedIsThereAtOnceWhenAllIsTaken) {
  Roster roster(only({named(1)}), {});
  roster.clusters_listed(object_id(1), std::vector{cluster("a", 1)}, day(100));
  roster.reconfigure(everything(), {});
  const Inventory now = roster.take_inventory();
  ASSERT_EQ(now.projects.size(), 1U);
  EXPECT_EQ(now.projects[0].known_since, day(100));
}

/// Discovery every ten minutes of one credential that sees two projects.
class DiscoveryReconfigureTest : public testing::Test {
 protected:
  DiscoveryReconfigureTest() {
    atlas_.set_projects("main", std::vector{project(1, "one"), project(2, "two")});
    atlas_.set_clusters(object_id(1), std::vector{cluster("a", 1)});
    atlas_.set_clusters(object_id(2), std::vector{cluster("b", 2)});
    EXPECT_TRUE(discovery_.load().ok());
    discovery_.start();
  }

  void pass(std::chrono::nanoseconds time) { loop_.run_for(time); }
  void reconfigure(Wanted wanted, bool ask = false) {
    discovery_.reconfigure(options_, std::move(wanted), ask);
  }
  std::size_t rounds() const { return atlas_.project_questions(); }

  DiscoveryOptions options_;
  ManualClock clock_;
  FakeLoop loop_{clock_};
  FakeDirectory atlas_{loop_};
  MemoryStore store_;
  Telemetry telemetry_;
  std::vector<std::shared_ptr<const Inventory>> published_;
  Discovery discovery_{
      options_, everything(),
      Discovery::Deps{loop_, clock_, atlas_, store_, telemetry_, Log(),
                      [this](auto inventory) { published_.push_back(inventory); }}};
};

TEST_F(DiscoveryReconfigureTest, WithoutAChangeNothingIsAskedNorPublished) {
  pass(minutes(1));
  const std::size_t before = published_.size();
  for (int i = 0; i < 20; ++i) {
    reconfigure(everything());
    pass(seconds(3));
  }
  EXPECT_EQ(rounds(), 1U);
  EXPECT_EQ(published_.size(), before);
  pass(minutes(8));
  EXPECT_EQ(rounds(), 2U);  // at its time
}

TEST_F(DiscoveryReconfigureTest, WhatIsNotWantedAnyMoreLeavesAtOnce) {
  pass(minutes(1));
  atlas_.hold();
  reconfigure(only({named(2)}));
  ASSERT_EQ(published_.back()->projects.size(), 1U);
  EXPECT_EQ(published_.back()->projects[0].project.id, object_id(2));
  EXPECT_EQ(store_.load_inventory()->size(), 1U);
}

TEST_F(DiscoveryReconfigureTest, WhatIsWantedNewIsAskedForAtOnce) {
  pass(minutes(1));
  atlas_.set_clusters(object_id(3), std::vector{cluster("c", 3)});
  reconfigure(only({named(1), named(3)}));
  pass(seconds(1));
  EXPECT_EQ(words(published_.back()->projects.at(1).clusters), (Words{"c#3 dedicated collection"}));
}

TEST_F(DiscoveryReconfigureTest, OtherLoginsAreAReasonToAsk) {
  pass(minutes(1));
  reconfigure(everything(), /*ask=*/true);
  pass(seconds(1));
  EXPECT_EQ(rounds(), 2U);
}

TEST_F(DiscoveryReconfigureTest, ARoundThatIsCutShortHoldsUpNoOther) {
  pass(minutes(9));
  atlas_.hold();
  pass(minutes(1));  // a round begins, and is not answered
  reconfigure(only({named(1)}));
  atlas_.release();  // the answers of both
  pass(minutes(1));
  EXPECT_EQ(rounds(), 3U);
  ASSERT_EQ(published_.back()->projects.size(), 1U);
  pass(minutes(20));
  EXPECT_EQ(rounds(), 5U);
}

TEST_F(DiscoveryReconfigureTest, AnotherIntervalCountsFromTheLastRound) {
  pass(minutes(4));
  options_.interval = minutes(5);
  reconfigure(everything());
  pass(seconds(59));
  EXPECT_EQ(rounds(), 1U);
  pass(seconds(1));
  EXPECT_EQ(rounds(), 2U);
  pass(minutes(20));
  EXPECT_EQ(rounds(), 6U);  // and no second plan besides
}

TEST_F(DiscoveryReconfigureTest, IntervalsThatChangeOftenKeepNoRoundAway) {
  for (int i = 0; i < 400; ++i) {
    options_.interval = i % 2 == 0 ? minutes(5) : minutes(6);
    reconfigure(everything());
    pass(seconds(3));
  }
  EXPECT_GE(rounds(), 4U);
  EXPECT_LE(rounds(), 6U);
}

TEST_F(DiscoveryReconfigureTest, AfterStopNothingIsAsked) {
  pass(minutes(1));
  discovery_.stop();
  const std::size_t before = published_.size();
  reconfigure(only({named(1)}), /*ask=*/true);
  pass(minutes(1));
  EXPECT_EQ(rounds(), 1U);
  EXPECT_EQ(published_.size(), before);
}

}  // namespace
}  // namespace restorewatch
