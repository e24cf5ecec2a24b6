#include "inventory/cluster_list.h"

#include <gtest/gtest.h>

#include "inventory/inventory_builders.h"

namespace restorewatch {
namespace {

using namespace testing_inventory;
using Words = std::vector<std::string>;

/// One project whose clusters are listed again and again.
class ClusterListTest : public testing::Test {
 protected:
  void names(std::vector<Cluster> configured) { names_ = std::move(configured); }

  void remember(std::vector<InventoryCluster> known) {
    take(remembered_clusters(wanted_, project_, names_ptr(), std::move(known)));
  }

  /// A later run that remembers what the last one knew.
  void restart() {
    std::vector<InventoryCluster> known;
    for (const InventoryCluster& one : clusters_) {
      known.emplace_back().cluster = one.cluster;
      known.back().sources = one.sources;
    }
    if (heard_ == Heard::InThisRun) heard_ = Heard::InAnEarlierRun;
    remember(std::move(known));
  }

  /// Atlas lists these; what there is then.
  Words list(std::vector<Cluster> listed) {
    take(listed_clusters(wanted_, project_, names_ptr(), clusters_, std::move(listed), heard_));
    heard_ = Heard::InThisRun;
    return words(clusters_);
  }

  Words gone() const { return words(gone_); }
  Words news() const { return words(news_); }

  Wanted wanted_ = everything();
  Project project_ = project(1);
  std::optional<std::vector<Cluster>> names_;
  std::vector<InventoryCluster> clusters_;

 private:
  const std::vector<Cluster>* names_ptr() const { return names_ ? &*names_ : nullptr; }

  void take(ClusterUpdate update) {
    clusters_ = std::move(update.clusters);
    gone_ = std::move(update.gone);
    news_ = std::move(update.news);
  }

  std::vector<InventoryCluster> gone_;
  std::vector<News> news_;
  Heard heard_ = Heard::Never;
};

TEST_F(ClusterListTest, ThoseOfTheFirstListAreNotNew) {
  EXPECT_EQ(list({cluster("b", 2, Tier::Flex), cluster("a", 1)}),
            (Words{"a#1 dedicated collection", "b#2 flex"}));
  EXPECT_EQ(news(), Words{});
}

TEST_F(ClusterListTest, OneThatAppearsLaterIsNew) {
  list({cluster("a", 1)});
  EXPECT_EQ(list({cluster("a", 1), cluster("b", 2)}),
            (Words{"a#1 dedicated collection", "b#2 dedicated* collection*"}));
  EXPECT_EQ(news(), (Words{"cluster appeared: b"}));
}

TEST_F(ClusterListTest, AnEmptyFirstListCounts) {
  list({});
  EXPECT_EQ(list({cluster("a", 1)}), (Words{"a#1 dedicated* collection*"}));
}

TEST_F(ClusterListTest, ASourceThatIsSwitchedOnLaterIsNotNew) {
  wanted_.sources = {Source::Dedicated};
  list({});
  list({cluster("a", 1)});
  wanted_.sources = {Source::Dedicated, Source::Collection};
  restart();
  EXPECT_EQ(words(clusters_), (Words{"a#1 dedicated* collection"}));
  EXPECT_EQ(list({cluster("a", 1)}), (Words{"a#1 dedicated* collection"}));
}

TEST_F(ClusterListTest, OneMadeWhileTheDaemonWasDownIsNew) {
  list({cluster("a", 1)});
  restart();
  EXPECT_EQ(list({cluster("a", 1), cluster("b", 2)}),
            (Words{"a#1 dedicated collection", "b#2 dedicated* collection*"}));
}

TEST_F(ClusterListTest, OneThatWasExcludedIsNotNewWhenItIsIncluded) {
  wanted_.exclude = {clusters_called("b")};
  list({cluster("a", 1)});
  EXPECT_EQ(list({cluster("a", 1), cluster("b", 2)}).back(), "b#2 excluded");
  wanted_.exclude.clear();
  restart();
  EXPECT_EQ(list({cluster("a", 1), cluster("b", 2)}).back(), "b#2 dedicated collection");
}

TEST_F(ClusterListTest, TheIdDecidesAndTheNameMayChange) {
  list({});
  list({cluster("a", 1)});
  EXPECT_EQ(list({cluster("z", 1)}), (Words{"z#1 dedicated* collection*"}));
  EXPECT_EQ(news(), (Words{"cluster has a new name: z"}));
  EXPECT_EQ(gone(), Words{});
}

TEST_F(ClusterListTest, TwoMaySwapTheirNames) {
  list({});
  list({cluster("a", 1)});
  list({cluster("a", 1), cluster("b", 2, Tier::Flex)});
  EXPECT_EQ(list({cluster("b", 1), cluster("a", 2, Tier::Flex)}),
            (Words{"a#2 flex*", "b#1 dedicated* collection*"}));
  EXPECT_EQ(gone(), Words{});
}

TEST_F(ClusterListTest, ANameThatIsUsedAgainInheritsNothing) {
  list({cluster("a", 1)});
  EXPECT_EQ(list({cluster("a", 2)}), (Words{"a#2 dedicated* collection*"}));
  EXPECT_EQ(gone(), (Words{"a#1 dedicated collection"}));
  EXPECT_EQ(news(), (Words{"cluster appeared: a", "! cluster is gone: a"}));
}

TEST_F(ClusterListTest, WithoutIdsTheNameDecides) {
  list({cluster("a", 0)});
  EXPECT_EQ(list({cluster("a", 0)}), (Words{"a dedicated collection"}));
  EXPECT_EQ(list({cluster("a", 7)}), (Words{"a#7 dedicated collection"}));
  EXPECT_EQ(gone(), Words{});
}

TEST_F(ClusterListTest, AnAnswerWithoutTheIdDoesNotTakeItAway) {
  list({cluster("a", 1)});
  EXPECT_EQ(list({cluster("a", 0)}), (Words{"a#1 dedicated collection"}));
  EXPECT_EQ(list({cluster("a", 2)}), (Words{"a#2 dedicated* collection*"}));
}

TEST_F(ClusterListTest, TheIdIsAskedBeforeTheName) {
  list({cluster("a", 0), cluster("b", 2, Tier::Flex)});
  EXPECT_EQ(list({cluster("a", 2, Tier::Flex)}), (Words{"a#2 flex"}));
  EXPECT_EQ(gone(), (Words{"a dedicated collection"}));
}

TEST_F(ClusterListTest, AnotherTierWithTheSameIdIsTheSameCluster) {
  list({});
  list({cluster("a", 1, Tier::Flex)});
  EXPECT_EQ(list({cluster("a", 1)}), (Words{"a#1 dedicated collection"}));
  EXPECT_EQ(gone(), Words{});
  EXPECT_EQ(news(), (Words{"cluster has another tier: a"}));
}

TEST_F(ClusterListTest, BackupsOffAndOn) {
  list({});
  list({with_backups(cluster("a", 1), true)});
  EXPECT_EQ(list({with_backups(cluster("a", 1), false)}), (Words{"a#1 backup_disabled"}));
  EXPECT_EQ(news(), (Words{"! backups of a cluster were switched off: a"}));
  EXPECT_EQ(list({with_backups(cluster("a", 1), true)}), (Words{"a#1 dedicated collection"}));
  EXPECT_EQ(news(), (Words{"backups of a cluster were switched on: a"}));
}

TEST_F(ClusterListTest, OneThatIsMissingOnceStays) {
  list({});
  list({cluster("a", 1)});
  EXPECT_EQ(list({}), (Words{"a#1 dedicated* collection* missing"}));
  EXPECT_EQ(news(), (Words{"! cluster is not listed any more: a"}));
  EXPECT_EQ(list({cluster("a", 1)}), (Words{"a#1 dedicated* collection*"}));
  EXPECT_EQ(news(), (Words{"cluster is listed again: a"}));
  EXPECT_EQ(list({}), (Words{"a#1 dedicated* collection* missing"}));
  EXPECT_EQ(gone(), Words{});
}

TEST_F(ClusterListTest, OneThatIsMissingTwiceIsGone) {
  list({cluster("a", 1), cluster("b", 0)});
  list({});
  EXPECT_EQ(news(),
            (Words{"! cluster is not listed any more: a", "! cluster is not listed any more: b"}));
  EXPECT_EQ(list({}), Words{});
  EXPECT_EQ(gone(), (Words{"a#1 dedicated collection missing", "b dedicated collection missing"}));
  EXPECT_EQ(list({}), Words{});
  EXPECT_EQ(gone(), Words{});
}

TEST_F(ClusterListTest, ARestartForgetsThatOneWasMissing) {
  list({cluster("a", 1)});
  list({});
  restart();
  EXPECT_EQ(list({}), (Words{"a#1 dedicated collection missing"}));
  EXPECT_EQ(list({}), Words{});
}

TEST_F(ClusterListTest, OneThatNobodyLookedAtGoesWithoutAWarning) {
  list({cluster("a", 1, Tier::Free)});
  list({});
  EXPECT_EQ(news(), (Words{"cluster is not listed any more: a"}));
  list({});
  EXPECT_EQ(news(), (Words{"cluster is gone: a"}));
}

TEST_F(ClusterListTest, ADeletedOneIsLookedAtWhileItHasItsName) {
  list({cluster("a", 1)});
  EXPECT_EQ(list({deleted(cluster("a", 1))}), (Words{"a#1 dedicated collection"}));
  EXPECT_EQ(news(), (Words{"cluster was deleted, its backups are kept: a"}));
}

TEST_F(ClusterListTest, ALivingOneHasTheNameOfADeletedOne) {
  list({cluster("a", 1)});
  const Words expected{"a#1 name_taken", "a#2 dedicated* collection*"};
  EXPECT_EQ(list({deleted(cluster("a", 1)), cluster("a", 2)}), expected);
  EXPECT_EQ(gone(), Words{});
  EXPECT_EQ(list({cluster("a", 2), deleted(cluster("a", 1))}), expected);
  EXPECT_EQ(list({created(deleted(cluster("a", 1)), day(9)), created(cluster("a", 2), day(1))}),
            expected);
}

TEST_F(ClusterListTest, OfDeletedOnesTheYoungestHasTheName) {
  EXPECT_EQ(
      list({created(deleted(cluster("a", 1)), day(3)), created(deleted(cluster("a", 2)), day(2))}),
      (Words{"a#1 dedicated collection", "a#2 name_taken"}));
  EXPECT_EQ(list({deleted(cluster("b", 1)), deleted(cluster("b", 2))}),
            (Words{"b#1 name_taken", "b#2 dedicated collection"}));
}

TEST_F(ClusterListTest, ADeletedOneGetsItsNameBack) {
  list({});
  list({deleted(cluster("a", 1)), cluster("a", 2)});
  EXPECT_EQ(list({deleted(cluster("a", 1))}),
            (Words{"a#1 name_taken", "a#2 dedicated* collection* missing"}));
  EXPECT_EQ(gone(), Words{});
  EXPECT_EQ(list({deleted(cluster("a", 1))}), (Words{"a#1 dedicated collection"}));
  EXPECT_EQ(gone(), (Words{"a#2 dedicated* collection* missing"}));
}

TEST_F(ClusterListTest, BothMayBeMissing) {
  list({deleted(cluster("a", 1)), cluster("a", 2)});
  EXPECT_EQ(list({}), (Words{"a#1 name_taken missing", "a#2 dedicated collection missing"}));
  EXPECT_EQ(gone(), Words{});
  EXPECT_EQ(list({}), Words{});
  EXPECT_EQ(gone().size(), 2U);
}

TEST_F(ClusterListTest, TheNamelessOneMayGoFirst) {
  list({deleted(cluster("a", 1)), cluster("a", 2)});
  EXPECT_EQ(list({cluster("a", 2)}), (Words{"a#1 name_taken missing", "a#2 dedicated collection"}));
  EXPECT_EQ(list({cluster("a", 2)}), (Words{"a#2 dedicated collection"}));
  EXPECT_EQ(gone(), (Words{"a#1 name_taken missing"}));
}

TEST_F(ClusterListTest, ANameIsLookedAtOnceAfterARestart) {
  list({deleted(cluster("a", 1)), cluster("a", 2)});
  restart();
  EXPECT_EQ(words(clusters_), (Words{"a#1 name_taken", "a#2 dedicated collection"}));
}

TEST_F(ClusterListTest, TwoLivingOnesOfOneNameAreLookedAtOnce) {
  const Words expected{"a#1 name_taken", "a#2 flex"};
  EXPECT_EQ(list({cluster("a", 1), cluster("a", 2, Tier::Flex)}), expected);
  EXPECT_EQ(list({cluster("a", 2, Tier::Flex), cluster("a", 1)}), expected);
}

TEST_F(ClusterListTest, ConfiguredOnesAreLookedAtBeforeAnyList) {
  Cluster old = cluster("old", 0, Tier::Flex);
  old.api = ApiGeneration::V1;
  names({cluster("a", 0), old});
  remember({});
  EXPECT_EQ(words(clusters_), (Words{"a dedicated collection configured", "old flex configured"}));
  EXPECT_EQ(clusters_.back().cluster.api, ApiGeneration::V1);
  EXPECT_EQ(news(), Words{});
}

TEST_F(ClusterListTest, ConfiguredOnesAreFound) {
  names({cluster("a", 0)});
  names_->front().api = ApiGeneration::V1;
  remember({});
  EXPECT_EQ(list({cluster("a", 1), cluster("other", 2)}),
            (Words{"a#1 dedicated collection configured"}));
  EXPECT_EQ(clusters_.front().cluster.api, ApiGeneration::V1);
  EXPECT_EQ(news(), Words{});
}

TEST_F(ClusterListTest, AConfiguredOneThatIsNotFoundIsToldOnceARunAndStays) {
  names({cluster("a", 0)});
  remember({});
  for (int run = 0; run < 3; ++run) {
    EXPECT_EQ(list({}), (Words{"a dedicated collection configured missing"}));
    EXPECT_EQ(news(), (Words{"! a configured cluster is not in Atlas's list of its project: a"}));
    EXPECT_EQ(list({}), (Words{"a dedicated collection configured missing"}));
    EXPECT_EQ(news(), Words{});
    restart();
  }
}

TEST_F(ClusterListTest, AConfiguredOneThatIsNotFoundIsToldWithoutMemory) {
  names({cluster("a", 0)});
  EXPECT_EQ(list({}), (Words{"a dedicated collection configured missing"}));
  EXPECT_EQ(news(), (Words{"! a configured cluster is not in Atlas's list of its project: a"}));
}

TEST_F(ClusterListTest, AConfiguredOneThatIsMadeLaterIsNew) {
  names({cluster("a", 0)});
  remember({});
  list({});
  EXPECT_EQ(list({cluster("a", 1)}), (Words{"a#1 dedicated* collection* configured"}));
  EXPECT_EQ(news(), (Words{"cluster appeared: a"}));
}

TEST_F(ClusterListTest, AConfiguredOneThatIsMadeWhileTheDaemonIsDownIsNew) {
  names({cluster("a", 0)});
  remember({});
  list({});
  restart();
  EXPECT_EQ(list({cluster("a", 1)}), (Words{"a#1 dedicated* collection* configured"}));
}

TEST_F(ClusterListTest, OneThatIsConfiguredLaterIsNotNew) {
  names({cluster("a", 0)});
  list({cluster("a", 1), cluster("b", 2)});
  names({cluster("a", 0), cluster("b", 0)});
  restart();
  EXPECT_EQ(list({cluster("a", 1), cluster("b", 2)}).back(), "b#2 dedicated collection configured");
}

TEST_F(ClusterListTest, AtlasKnowsTheTierOfAConfiguredOne) {
  names({cluster("a", 0)});
  remember({});
  for (int run = 0; run < 2; ++run) {
    EXPECT_EQ(list({cluster("a", 1, Tier::Flex)}), (Words{"a#1 flex configured"}));
    EXPECT_EQ(news(), (Words{"! the configuration gives a cluster another tier than Atlas: a"}));
    list({cluster("a", 1, Tier::Flex)});
    EXPECT_EQ(news(), Words{});
    restart();
  }
}

TEST_F(ClusterListTest, AConfiguredOneMayBeReplaced) {
  names({cluster("a", 0)});
  remember({});
  list({cluster("a", 1)});
  EXPECT_EQ(list({cluster("a", 2)}), (Words{"a#2 dedicated* collection* configured"}));
  EXPECT_EQ(gone(), (Words{"a#1 dedicated collection configured"}));
}

TEST_F(ClusterListTest, AConfiguredOneStaysWhenItIsMissing) {
  names({cluster("a", 0)});
  list({cluster("a", 1)});
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(list({}), (Words{"a#1 dedicated collection configured missing"}));
    EXPECT_EQ(news().size(), i == 0 ? 1U : 0U);
  }
  EXPECT_EQ(list({cluster("a", 1)}), (Words{"a#1 dedicated collection configured"}));
  EXPECT_EQ(news(), (Words{"cluster is listed again: a"}));
}

TEST_F(ClusterListTest, OneThatIsNoLongerConfiguredIsForgotten) {
  names({cluster("a", 0), cluster("b", 0)});
  list({cluster("a", 1), cluster("b", 2)});
  names({cluster("a", 0)});
  restart();
  EXPECT_EQ(words(clusters_), (Words{"a#1 dedicated collection configured"}));
  EXPECT_EQ(gone(), Words{});
}

}  // namespace
}  // namespace restorewatch
