#include "inventory/inventory.h"

#include <gtest/gtest.h>

namespace restorewatch {
namespace {

const ProjectId kA = *parse_object_id("aaaaaaaaaaaaaaaaaaaaaaaa");
const ProjectId kB = *parse_object_id("bbbbbbbbbbbbbbbbbbbbbbbb");

TEST(StaticTargetsTest, AreEveryClusterThroughEverySourceInKeyOrder) {
  const auto targets = static_targets({{kB, "b", "key-b", {"z", "y"}}, {kA, "a", "key-a", {"x"}}},
                                      {Source::Dedicated});
  ASSERT_EQ(targets.size(), 3U);
  EXPECT_EQ(targets[0], (Target{{kA, "x", Source::Dedicated}, "a", "key-a"}));
  EXPECT_EQ(targets[1].key.cluster_name, "y");
  EXPECT_EQ(targets[2].key.cluster_name, "z");
  EXPECT_EQ(targets[2].credential, "key-b");
}

TEST(StaticTargetsTest, NameNothingTwice) {
  EXPECT_EQ(static_targets({{kA, "a", "k", {"x", "x"}}}, {Source::Dedicated}).size(), 1U);
}

}  // namespace
}  // namespace restorewatch
