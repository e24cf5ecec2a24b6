#include "app/call_rates.h"

#include <gtest/gtest.h>

namespace restorewatch {
namespace {

using namespace std::chrono_literals;

/// A project with so many dedicated clusters and as many flex ones, by name.
Config with_clusters(int number) {
  Config config;
  ProjectConfig project;
  project.id = parse_object_id("5b69d0349b15c62cdfc38b78").value();
  project.clusters.emplace();
  for (int i = 0; i < number; ++i) {
    project.clusters->push_back({"d-" + std::to_string(i)});
    project.clusters->push_back({"f-" + std::to_string(i), Tier::Flex});
  }
  config.projects = {project};
  return config;
}

TEST(CallRatesTest, CollectionRestoresAreCountedWithDedicatedOnes) {
  const auto rates = rates_of_named_clusters(with_clusters(100));
  ASSERT_EQ(rates.size(), 2U);
  EXPECT_EQ(rates[0].endpoint_set, "cloud_backups");
  EXPECT_NEAR(rates[0].calls_a_minute, 120, 1e-9);  // 100 a minute, and 100 every five
  EXPECT_EQ(rates[0].interval, 1min);
  EXPECT_EQ(rates[0].documented_limit, 500);
  EXPECT_EQ(rates[0].our_limit(), 250);
  EXPECT_FALSE(rates[0].is_over_committed());
  EXPECT_EQ(rates[0].effective_interval(), 1min);
  EXPECT_EQ(rates[1].endpoint_set, "flex_restore_jobs");
  EXPECT_DOUBLE_EQ(rates[1].calls_a_minute, 100);
}

TEST(CallRatesTest, WhatIsTooMuchStretchesTheInterval) {
  Config config = with_clusters(500);
  config.sources = {Source::Dedicated};
  auto rates = rates_of_named_clusters(config);
  ASSERT_EQ(rates.size(), 1U);
  EXPECT_TRUE(rates[0].is_over_committed());
  EXPECT_EQ(rates[0].effective_interval(), 2min);
  EXPECT_EQ(over_commitment(rates[0]),
            "the clusters named in project 5b69d0349b15c62cdfc38b78 take 500.0 calls a minute of "
            "the limit cloud_backups, and our share of the 500 that Atlas allows is 250.0: looks "
            "that should be 1m apart will be 2m apart; raise the poll intervals or rate_budget, or "
            "ask Atlas's "
            "support for a higher limit");
  config.poll.rate_budget = 1;
  rates = rates_of_named_clusters(config);
  EXPECT_FALSE(rates[0].is_over_committed()) << "the share exactly";
}

TEST(CallRatesTest, TheIntervalIsRoundedUp) {
  Config config = with_clusters(251);
  config.sources = {Source::Flex};
  EXPECT_EQ(rates_of_named_clusters(config).at(0).effective_interval(), 61s);
  config.poll.interval = 1s;
  config.poll.rate_budget = 1;
  EXPECT_EQ(rates_of_named_clusters(config).at(0).effective_interval(), 31s);
  config = with_clusters(30);
  config.poll.interval = 1s;
  EXPECT_EQ(rates_of_named_clusters(config).at(0).effective_interval(), 7'400ms);
}

TEST(CallRatesTest, TheShareExactlyIsNotTooMuch) {
  Config config = with_clusters(300);
  config.poll.rate_budget = 0.72;  // 300 a minute, and 300 every five: a sum of fractions
  EXPECT_FALSE(rates_of_named_clusters(config).at(0).is_over_committed());
  config.poll.rate_budget = 0.7199;
  EXPECT_TRUE(rates_of_named_clusters(config).at(0).is_over_committed());
}

TEST(CallRatesTest, NothingIsKnownOfWhatIsNotNamed) {
  Config config = with_clusters(1);
  config.projects->front().clusters.reset();
  EXPECT_TRUE(rates_of_named_clusters(config).empty());
  config.projects.reset();
  EXPECT_TRUE(rates_of_named_clusters(config).empty());
}

}  // namespace
}  // namespace restorewatch
