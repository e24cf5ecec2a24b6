#include "inventory/discovery.h"

#include <gtest/gtest.h>

#include "fakes/fake_directory.h"
#include "fakes/memory_store.h"
#include "inventory/inventory_builders.h"
#include "metrics/self_families.h"

namespace restorewatch {
namespace {

using namespace testing_inventory;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using Words = std::vector<std::string>;

const Error kFailure{ErrorKind::Unreachable, "no"};

/// A discovery every ten minutes of one credential that sees the project 1 with a cluster.
class DiscoveryTest : public testing::Test {
 protected:
  DiscoveryTest() {
    see(1);
    atlas_.set_clusters(id(1), std::vector{cluster("a", 1)});
  }

  /// May be called again, as after a restart.
  void start(Wanted wanted = everything()) {
    loop_.forget();
    published_.clear();
    discovery_ = std::make_unique<Discovery>(
        options_, std::move(wanted),
        Discovery::Deps{loop_, clock_, atlas_, store_, telemetry_, Log(),
                        [this](auto inventory) { published_.push_back(std::move(inventory)); }});
    ASSERT_TRUE(discovery_->load().ok());
    discovery_->start();
  }

  void pass(std::chrono::nanoseconds time) { loop_.run_for(time); }

  /// The credential sees that many projects, from 1.
  void see(unsigned projects, const std::string& credential = "main") {
    std::vector<Project> seen;
    for (unsigned i = 1; i <= projects; ++i) seen.push_back(project(i));
    atlas_.set_projects(credential, std::move(seen));
  }

  static ProjectId id(unsigned number) { return object_id(number); }

  Words shown(std::size_t index = 0) const {
    return words(published_.back()->projects.at(index).clusters);
  }

  double metric(const std::string& name, const std::string& labels = "") const {
    for (const Family& family : self_families(telemetry_)) {
      for (const Series& series : family.series) {
        if (family.name == name && series.labels == labels) return series.value;
      }
    }
    return -1;
  }
  double rounds(const std::string& result) const {
    return metric("restorewatch_discoveries_total", "result=\"" + result + "\"");
  }

  DiscoveryOptions options_;
  ManualClock clock_;
  FakeLoop loop_{clock_};
  FakeDirectory atlas_{loop_};
  MemoryStore store_;
  Telemetry telemetry_;
  std::vector<std::shared_ptr<const Inventory>> published_;
  std::unique_ptr<Discovery> discovery_;
};

TEST_F(DiscoveryTest, AsksAtOnceAndThenEveryInterval) {
  start();
  pass(milliseconds(0));
  EXPECT_EQ(atlas_.project_questions(), 1U);
  EXPECT_EQ(atlas_.questions_about(id(1)), 1);
  pass(minutes(10) - milliseconds(1));
  EXPECT_EQ(atlas_.project_questions(), 1U);
  pass(minutes(50) + milliseconds(1));
  EXPECT_EQ(atlas_.project_questions(), 7U);
  EXPECT_EQ(atlas_.questions_about(id(1)), 7);
}

TEST_F(DiscoveryTest, PublishesWhatItFindsAndOnlyWhatIsNew) {
  start();
  pass(seconds(1));
  EXPECT_EQ(shown(), (Words{"a#1 dedicated collection"}));
  EXPECT_TRUE(published_.back()->settled);
  const std::size_t before = published_.size();
  pass(minutes(30));
  EXPECT_EQ(published_.size(), before);
  atlas_.set_clusters(id(1), std::vector{cluster("a", 1), cluster("b", 2)});
  pass(minutes(10));
  EXPECT_EQ(published_.size(), before + 1);
  EXPECT_EQ(shown().back(), "b#2 dedicated* collection*");
}

TEST_F(DiscoveryTest, PublishesWhatIsRememberedBeforeAnyAnswer) {
  start();
  pass(minutes(1));
  atlas_.hold();
  start();
  ASSERT_EQ(published_.size(), 1U);
  EXPECT_EQ(shown(), (Words{"a#1 dedicated collection"}));
  EXPECT_FALSE(published_.back()->settled);
}

TEST_F(DiscoveryTest, AStoreThatCannotBeReadIsAnError) {
  store_.fail_reads(true);
  Discovery discovery(options_, everything(),
                      {loop_, clock_, atlas_, store_, telemetry_, Log(), [](auto) {}});
  EXPECT_FALSE(discovery.load().ok());
}

TEST_F(DiscoveryTest, AMissingClusterIsAskedForAgainAfterAMinute) {
  start();
  pass(minutes(10));
  atlas_.set_clusters(id(1), std::vector<Cluster>{});
  pass(minutes(10));
  EXPECT_EQ(shown(), (Words{"a#1 dedicated collection missing"}));
  const auto asked = atlas_.questions_about(id(1));
  const auto lists = atlas_.project_questions();
  pass(minutes(1) - milliseconds(1));
  EXPECT_EQ(atlas_.questions_about(id(1)), asked);
  pass(milliseconds(200));
  EXPECT_EQ(atlas_.questions_about(id(1)), asked + 1);
  EXPECT_EQ(atlas_.project_questions(), lists);
  EXPECT_EQ(shown(), Words{});
  EXPECT_EQ(published_.back()->gone.size(), kSourceCount);
  pass(minutes(5));
  EXPECT_EQ(atlas_.questions_about(id(1)), asked + 1);
}

TEST_F(DiscoveryTest, AMissingProjectIsAskedForAgainAfterAMinute) {
  start();
  pass(minutes(10));
  see(0);
  pass(minutes(10));
  EXPECT_EQ(published_.back()->projects.size(), 1U);
  pass(minutes(1));
  EXPECT_TRUE(published_.back()->projects.empty());
  EXPECT_EQ(atlas_.project_questions(), 4U);
  pass(minutes(8));
  EXPECT_EQ(atlas_.project_questions(), 4U);
}

TEST_F(DiscoveryTest, AFailedConfirmationIsNotRepeatedSoon) {
  start();
  pass(minutes(10));
  see(0);
  pass(minutes(10));
  atlas_.set_projects("main", kFailure);
  pass(minutes(9));
  EXPECT_EQ(atlas_.project_questions(), 4U);
  EXPECT_EQ(published_.back()->projects.size(), 1U);
}

TEST_F(DiscoveryTest, AFailedRoundKeepsEverything) {
  start();
  pass(minutes(10));
  atlas_.set_projects("main", kFailure);
  atlas_.set_clusters(id(1), kFailure);
  pass(minutes(60));
  EXPECT_EQ(shown(), (Words{"a#1 dedicated collection"}));
  ASSERT_EQ(published_.back()->problems.size(), 1U);
  EXPECT_EQ(published_.back()->problems[0].detail, "credential main: " + kFailure.detail);
  EXPECT_TRUE(published_.back()->gone.empty());
  EXPECT_EQ(store_.load_inventory()->at(0).clusters.size(), 1U);
}

TEST_F(DiscoveryTest, ARowThatCannotBeReadMeansThatNothingIsMissing) {
  start();
  pass(minutes(10));
  atlas_.set_whole(false);
  atlas_.set_clusters(id(1), std::vector<Cluster>());
  atlas_.set_projects("main", std::vector<Project>());
  pass(minutes(60));
  EXPECT_EQ(shown(), (Words{"a#1 dedicated collection"}));
  atlas_.set_whole(true);
  pass(minutes(30));
  EXPECT_TRUE(published_.back()->projects.empty());
}

TEST_F(DiscoveryTest, AskedToWaitItWaits) {
  start();
  pass(minutes(1));
  atlas_.set_clusters(id(1), Error{ErrorKind::Throttled, "429", std::chrono::seconds(3600)});
  pass(minutes(10));
  const auto asked = atlas_.questions_about(id(1));
  pass(minutes(58));
  discovery_->look_again(id(1));
  EXPECT_EQ(atlas_.questions_about(id(1)), asked);
  pass(minutes(20));
  EXPECT_GT(atlas_.questions_about(id(1)), asked);
}

TEST_F(DiscoveryTest, LooksAgainAtOnceIfItHasNotLookedForAMinute) {
  start();
  pass(minutes(5));
  discovery_->look_again(id(1));
  pass(milliseconds(0));
  EXPECT_EQ(atlas_.questions_about(id(1)), 2);
  EXPECT_EQ(atlas_.project_questions(), 1U);
}

TEST_F(DiscoveryTest, WishesThatBringNothingNewAreFulfilledMoreAndMoreSeldom) {
  start();
  pass(seconds(1));
  for (int second = 1; second < 299; ++second) {
    discovery_->look_again(id(1));
    discovery_->look_again(id(1));
    pass(seconds(1));
  }
  EXPECT_EQ(atlas_.questions_about(id(1)), 3);  // after one minute, and two more
}

TEST_F(DiscoveryTest, ARoundFulfilsAWish) {
  start();
  pass(minutes(9) + seconds(30));
  discovery_->look_again(id(1));
  pass(seconds(10));
  EXPECT_EQ(atlas_.questions_about(id(1)), 2);
  discovery_->look_again(id(1));  // due after the next round
  pass(minutes(5));
  EXPECT_EQ(atlas_.questions_about(id(1)), 3);
}

TEST_F(DiscoveryTest, NobodyAsksForUnknownProjects) {
  start();
  pass(minutes(1));
  discovery_->look_again(id(7));
  pass(minutes(1));
  EXPECT_EQ(atlas_.questions_about(id(7)), 0);
}

TEST_F(DiscoveryTest, AWishDuringARoundIsNotLost) {
  see(2);
  start();
  pass(seconds(1));
  atlas_.hold(id(2));
  pass(minutes(10));  // a round in which 1 was answered and 2 is not
  discovery_->look_again(id(1));
  pass(minutes(1));
  EXPECT_EQ(atlas_.questions_about(id(1)), 3);
}

TEST_F(DiscoveryTest, NeverTwoRoundsAtATime) {
  options_.give_up_after = minutes(35);
  atlas_.hold();
  start();
  pass(minutes(30));
  EXPECT_EQ(atlas_.project_questions(), 1U);
  atlas_.release();
  pass(seconds(1));
  EXPECT_EQ(rounds("ok"), 1);
  pass(minutes(10));
  EXPECT_EQ(rounds("ok"), 2);
}

TEST_F(DiscoveryTest, NeverTwoQuestionsAboutOneProjectAtATime) {
  atlas_.hold(id(1));
  start();
  pass(minutes(2));
  discovery_->look_again(id(1));
  pass(minutes(3));
  EXPECT_EQ(atlas_.questions_about(id(1)), 1);
  atlas_.release();
  pass(minutes(1));
  EXPECT_EQ(atlas_.questions_about(id(1)), 2);
}

TEST_F(DiscoveryTest, FourQuestionsAtATime) {
  see(50);
  start();
  pass(seconds(1));
  EXPECT_EQ(atlas_.cluster_questions().size(), 50U);
  EXPECT_EQ(atlas_.most_in_flight(), 4U);
  atlas_.hold(id(1));
  for (unsigned i = 1; i <= 50; ++i) discovery_->look_again(id(i));
  pass(minutes(2));
  EXPECT_EQ(atlas_.cluster_questions().size(), 100U);
  EXPECT_EQ(atlas_.most_in_flight(), 4U);
}

TEST_F(DiscoveryTest, AHangingAnswerHoldsUpNothingForEver) {
  see(20);
  for (unsigned i = 1; i <= 4; ++i) atlas_.hold(id(i));
  start();
  pass(minutes(10) - seconds(1));
  EXPECT_EQ(atlas_.cluster_questions().size(), 4U);
  pass(seconds(2));
  EXPECT_EQ(atlas_.cluster_questions().size(), 20U);
  EXPECT_EQ(rounds("partial"), 1);
  EXPECT_TRUE(published_.back()->settled);
  EXPECT_EQ(published_.back()->projects.at(0).problem->kind, ErrorKind::Timeout);
  pass(minutes(30));
  EXPECT_GE(rounds("partial"), 2);
}

TEST_F(DiscoveryTest, AListThatHangsHoldsUpNothingForEver) {
  see(1, "other");
  start();
  pass(seconds(1));
  atlas_.hold();
  pass(minutes(10));
  atlas_.set_clusters(id(1), std::vector{cluster("b", 2)});
  pass(minutes(10));
  EXPECT_EQ(published_.back()->problems.size(), 1U);
  EXPECT_EQ(published_.back()->problems.at(0).kind, ErrorKind::Timeout);
  EXPECT_EQ(atlas_.questions_about(id(1)), 2);
}

TEST_F(DiscoveryTest, AnAnswerThatIsTooLateIsNotListenedTo) {
  start();
  pass(seconds(1));
  atlas_.hold();
  pass(minutes(21));  // given up
  see(0);
  atlas_.set_clusters(id(1), std::vector<Cluster>{});
  atlas_.release();
  pass(seconds(1));
  EXPECT_EQ(shown(), (Words{"a#1 dedicated collection"}));
  EXPECT_EQ(published_.back()->problems.size(), 1U);
}

TEST_F(DiscoveryTest, ManyAnswersArePublishedTogether) {
  see(50);
  start();
  published_.clear();
  pass(minutes(1));
  EXPECT_EQ(published_.size(), 1U);
}

TEST_F(DiscoveryTest, AFewAnswersDoNotWaitForTheOthers) {
  see(2);
  atlas_.hold(id(2));
  start();
  pass(seconds(1));
  EXPECT_EQ(shown(), (Words{"a#1 dedicated collection"}));
  EXPECT_FALSE(published_.back()->settled);
}

TEST_F(DiscoveryTest, AfterStopNothingHappens) {
  see(9);
  atlas_.hold();
  start();
  pass(seconds(1));
  discovery_->look_again(id(1));
  const std::size_t before = published_.size();
  discovery_->stop();
  atlas_.release();
  pass(minutes(60));
  discovery_->look_again(id(2));
  pass(minutes(60));
  EXPECT_EQ(published_.size(), before);
  EXPECT_EQ(atlas_.project_questions(), 1U);
  EXPECT_TRUE(atlas_.cluster_questions().empty());
  EXPECT_EQ(rounds("ok") + rounds("partial"), 0);
}

TEST_F(DiscoveryTest, StopsInTheMiddleOfARound) {
  see(9);
  atlas_.hold(id(1));
  start();
  pass(milliseconds(50));
  discovery_->stop();
  const std::size_t before = published_.size();
  atlas_.release();
  pass(minutes(60));
  EXPECT_EQ(published_.size(), before);
  EXPECT_EQ(rounds("ok") + rounds("partial"), 0);
}

TEST_F(DiscoveryTest, EveryCredentialIsAsked) {
  see(1, "main");
  see(2, "other");
  start(everything({"main", "other"}));
  pass(seconds(1));
  EXPECT_EQ(atlas_.project_questions(), 2U);
  EXPECT_EQ(published_.back()->projects.size(), 2U);
  EXPECT_EQ(atlas_.cluster_questions().at(0).credentials, (Words{"main", "other"}));
}

TEST_F(DiscoveryTest, CountsItsRounds) {
  start();
  EXPECT_EQ(rounds("ok"), 0);
  EXPECT_EQ(rounds("partial"), 0);
  const std::string last = "restorewatch_discovery_last_success_timestamp_seconds";
  atlas_.set_clusters(id(1), kFailure);
  pass(seconds(1));
  EXPECT_EQ(rounds("partial"), 1);
  EXPECT_EQ(metric(last), -1);  // never is no series
  atlas_.set_clusters(id(1), std::vector<Cluster>{});
  pass(minutes(10));
  EXPECT_EQ(rounds("ok"), 1);
  EXPECT_NEAR(metric(last), unix_seconds(clock_.wall_now()), 1.5);
  const double before = metric(last);
  atlas_.set_projects("main", kFailure);
  pass(minutes(10));
  EXPECT_EQ(rounds("partial"), 2);
  EXPECT_EQ(metric(last), before);
}

}  // namespace
}  // namespace restorewatch
