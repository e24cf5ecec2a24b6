// What every store promises about the inventory; see jobs/inventory_store.h.

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "store/every_store.h"
#include "store/inventory_samples.h"
#include "store/samples.h"

namespace restorewatch {
namespace {

template <typename Maker>
class InventoryContractTest : public EveryStoreTest<Maker> {
 protected:
  /// Saves, and waits until it is written: a commit that comes later is answered later.
  void save(std::vector<KnownProject> projects) {
    this->inventory().save_inventory(std::move(projects));
    this->commit({});
  }

  /// Also after a restart.
  void expect_holds(const std::vector<KnownProject>& projects) {
    EXPECT_EQ(read(), projects);
    this->restart();
    EXPECT_EQ(read(), projects);
  }

 private:
  std::vector<KnownProject> read() {
    Result<std::vector<KnownProject>> read = this->inventory().load_inventory();
    EXPECT_TRUE(read.ok()) << read.error().detail;
    return read.ok() ? *read : std::vector<KnownProject>{};
  }
};

TYPED_TEST_SUITE(InventoryContractTest, EveryStore);

TYPED_TEST(InventoryContractTest, IsEmptyAtFirst) {
  this->expect_holds({});
}

TYPED_TEST(InventoryContractTest, GivesBackEveryField) {
  const std::vector<KnownProject> projects{sample_project(1), full_project(2), sample_project(3)};
  this->save(projects);
  this->expect_holds(projects);
}

TYPED_TEST(InventoryContractTest, KeepsEveryTierAndGeneration) {
  KnownProject known = sample_project(1);
  known.clusters.clear();
  for (std::size_t tier = 0; tier < kTierCount; ++tier) {
    for (const ApiGeneration api : {ApiGeneration::V2, ApiGeneration::V1}) {
      Cluster& cluster = known.clusters.emplace_back().cluster;
      cluster.tier = static_cast<Tier>(tier);
      cluster.api = api;
    }
  }
  this->save({known});
  this->expect_holds({known});
}

TYPED_TEST(InventoryContractTest, KeepsTheOrderOfClustersSourcesAndCredentials) {
  KnownProject known = full_project(1);
  std::ranges::reverse(known.clusters);
  std::ranges::reverse(known.clusters.front().sources);
  std::ranges::reverse(known.credentials);
  for (int i = 0; i < 20; ++i) known.clusters.push_back(known.clusters.front());
  this->save({known});
  this->expect_holds({known});
}

TYPED_TEST(InventoryContractTest, ReplacesWhatWasSavedBefore) {
  this->save({sample_project(1), full_project(2), sample_project(3)});
  KnownProject changed = full_project(2);
  changed.project.name = "renamed";
  changed.clusters.erase(changed.clusters.begin());
  changed.clusters.front().cluster.tags.erase("tier");
  changed.clusters.front().sources.pop_back();
  changed.clusters.back().sources.front().from_the_start = false;
  changed.known_since.reset();
  changed.credentials.pop_back();
  const std::vector<KnownProject> second{sample_project(0), changed, full_project(3)};
  this->save(second);
  this->expect_holds(second);
  this->save({});
  this->expect_holds({});
}

TYPED_TEST(InventoryContractTest, GivesProjectsInTheOrderOfTheirIds) {
  this->save({sample_project(300), sample_project(2), full_project(40)});
  this->expect_holds({sample_project(2), full_project(40), sample_project(300)});
}

TYPED_TEST(InventoryContractTest, TheNewestOfManyIsWhatRemains) {
  for (unsigned i = 0; i < 50; ++i) this->inventory().save_inventory({sample_project(i)});
  this->save({full_project(7)});
  this->expect_holds({full_project(7)});
}

TYPED_TEST(InventoryContractTest, DoesNotTouchTheTargets) {
  const PollResult result = full_result(sample_target(), 0);
  ASSERT_EQ(this->commit(result), CommitStatus::Committed);
  const TargetRecord before = this->loaded(sample_target());
  this->save({full_project(1)});
  this->save({});
  EXPECT_EQ(this->loaded(sample_target()), before);
}

}  // namespace
}  // namespace restorewatch
