#include "http/cluster_rows.h"

#include <gtest/gtest.h>

#include "http/sample_site.h"

namespace restorewatch {
namespace {

using namespace testing_site;

std::vector<std::string> names(const Snapshot& snapshot) {
  std::vector<std::string> names;
  for (const ClusterRow& row : cluster_rows(snapshot)) {
    names.push_back(row.project_name() + "/" + row.cluster_name() + "/" +
                    std::to_string(row.sources.size()));
  }
  return names;
}

using Names = std::vector<std::string>;

TEST(ClusterRowsTest, EachClusterIsOnceWithAllOfItsSources) {
  SampleSite site;
  site.project('a', "shop");
  site.cluster("one");
  site.known("out").not_polled = NotPolled::FreeTier;
  site.project('b', "bank");
  site.cluster("one");
  auto snapshot = site.snapshot();
  auto second = std::make_shared<TargetView>(*snapshot->targets[0]);
  second->target.key.source = Source::Collection;
  snapshot->targets.insert(snapshot->targets.begin() + 1, second);
  EXPECT_EQ(names(*snapshot), (Names{"shop/one/2", "shop/out/0", "bank/one/1"}));
}

TEST(ClusterRowsTest, ClustersOutsideTheInventoryAreShown) {
  SampleSite site;
  site.project('a', "shop");
  for (const char* const name : {"a", "b", "c"}) site.cluster(name);
  site.last_project().clusters.erase(site.last_project().clusters.begin());
  EXPECT_EQ(names(*site.snapshot()), (Names{"shop/a/1", "shop/b/1", "shop/c/1"}));
  auto bare = site.snapshot();
  bare->inventory = nullptr;
  EXPECT_EQ(names(*bare), (Names{"shop/a/1", "shop/b/1", "shop/c/1"}));
  EXPECT_EQ(names({}), Names{});
}

TEST(ClusterRowsTest, WhatWasExcludedIsNotShown) {
  SampleSite site;
  site.project('a', "shop").known("a").not_polled = NotPolled::Excluded;
  site.known("b").not_polled = NotPolled::NameTaken;
  EXPECT_EQ(names(*site.snapshot()), Names{});
}

TEST(NameFilterTest, PicksByGlobAndByProjectId) {
  const auto picks = [](std::string project_filter, std::string cluster_filter) {
    return NameFilter{std::move(project_filter), std::move(cluster_filter)}.picks(
        project('a'), "prod-shop", "orders");
  };
  EXPECT_TRUE(picks("", ""));
  EXPECT_TRUE(picks("prod-*", "orders"));
  EXPECT_TRUE(picks(std::string(24, 'a'), ""));
  EXPECT_FALSE(picks(std::string(24, 'b'), ""));
  EXPECT_FALSE(picks("prod", ""));
  EXPECT_FALSE(picks("", "order"));
}

}  // namespace
}  // namespace restorewatch
