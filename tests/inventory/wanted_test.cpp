#include "inventory/wanted.h"

#include <gtest/gtest.h>

#include "inventory/inventory_builders.h"

namespace restorewatch {
namespace {

using namespace testing_inventory;

Wanted all_sources_wanted() {
  Wanted wanted = everything();
  wanted.sources = {Source::Tenant, Source::Collection, Source::Serverless, Source::Flex,
                    Source::Dedicated};
  return wanted;
}

Wanted only(std::vector<Source> sources) {
  Wanted wanted = everything();
  wanted.sources = std::move(sources);
  return wanted;
}

Wanted including(std::vector<Matcher> matchers) {
  Wanted wanted = everything();
  wanted.include = std::move(matchers);
  return wanted;
}

Wanted excluding(std::vector<Matcher> matchers) {
  Wanted wanted = everything();
  wanted.exclude = std::move(matchers);
  return wanted;
}

Matcher tagged(std::string key, std::string value) {
  Matcher matcher;
  matcher.tags = {{std::move(key), std::move(value)}};
  return matcher;
}

Cluster with_tag(Cluster cluster, std::string key, std::string value) {
  cluster.tags = {{std::move(key), std::move(value)}};
  return cluster;
}

struct WayCase {
  std::string_view name;
  Wanted wanted;
  Cluster cluster;
  bool configured = false;
  std::vector<Source> sources{};
  std::optional<NotPolled> not_polled{};
};

class WaysToLookTest : public testing::TestWithParam<WayCase> {};

TEST_P(WaysToLookTest, AreThese) {
  const WayCase& row = GetParam();
  const WaysToLook ways =
      ways_to_look(row.wanted, project(1, "prod-1"), row.cluster, row.configured);
  EXPECT_EQ(ways.sources, row.sources);
  EXPECT_EQ(ways.not_polled, row.not_polled);
}

const std::vector<Source> kBoth{Source::Dedicated, Source::Collection};

INSTANTIATE_TEST_SUITE_P(
    Ways, WaysToLookTest,
    testing::Values(
        WayCase{"DedicatedByBoth", all_sources_wanted(), cluster("a", 1), false, kBoth},
        WayCase{"Flex", all_sources_wanted(), cluster("a", 1, Tier::Flex), false, {Source::Flex}},
        WayCase{"Serverless",
                all_sources_wanted(),
                cluster("a", 1, Tier::Serverless),
                false,
                {Source::Serverless}},
        WayCase{
            "Tenant", all_sources_wanted(), cluster("a", 1, Tier::Tenant), false, {Source::Tenant}},
        WayCase{"Free",
                all_sources_wanted(),
                cluster("a", 1, Tier::Free),
                false,
                {},
                NotPolled::FreeTier},
        WayCase{"FreeAndConfigured",
                all_sources_wanted(),
                cluster("a", 1, Tier::Free),
                true,
                {},
                NotPolled::FreeTier},
        WayCase{"OneOfTwoSources",
                only({Source::Collection}),
                cluster("a", 1),
                false,
                {Source::Collection}},
        WayCase{"NoSourceOfItsTier",
                only({Source::Flex}),
                cluster("a", 1),
                false,
                {},
                NotPolled::SourceNotListed},
        WayCase{"RetiredSourceNotListed",
                everything(),
                cluster("a", 1, Tier::Tenant),
                true,
                {},
                NotPolled::SourceNotListed},
        WayCase{"NoBackups",
                everything(),
                with_backups(cluster("a", 1), false),
                false,
                {},
                NotPolled::BackupDisabled},
        WayCase{"NoBackupsThoughConfigured",
                everything(),
                with_backups(cluster("a", 1), false),
                true,
                {},
                NotPolled::BackupDisabled},
        WayCase{"Backups", everything(), with_backups(cluster("a", 1), true), false, kBoth},
        WayCase{"DeletedHasItsBackups", everything(), deleted(with_backups(cluster("a", 1), false)),
                false, kBoth},
        WayCase{"Included", including({clusters_called("b"), clusters_called("a*")}),
                cluster("abc", 1), false, kBoth},
        WayCase{"NotIncluded",
                including({clusters_called("b")}),
                cluster("a", 1),
                false,
                {},
                NotPolled::Excluded},
        WayCase{"NotIncludedButConfigured", including({clusters_called("b")}), cluster("a", 1),
                true, kBoth},
        WayCase{"Excluded",
                excluding({clusters_called("b"), projects_called("prod-?")}),
                cluster("a", 1),
                false,
                {},
                NotPolled::Excluded},
        WayCase{"ExcludedButConfigured", excluding({clusters_called("*")}), cluster("a", 1), true,
                kBoth},
        WayCase{"ExcludedWinsOverEverythingElse",
                excluding({clusters_called("a")}),
                cluster("a", 1, Tier::Free),
                false,
                {},
                NotPolled::Excluded},
        WayCase{"ExcludedByTag",
                excluding({tagged("env", "dev")}),
                with_tag(cluster("a", 1), "env", "dev"),
                false,
                {},
                NotPolled::Excluded},
        WayCase{"OtherTag", excluding({tagged("env", "dev")}),
                with_tag(cluster("a", 1), "env", "prod"), false, kBoth}),
    [](const auto& row) { return std::string(row.param.name); });

struct WholeCase {
  std::string_view name;
  Wanted wanted;
  bool excluded = false;
};

class ExcludedWholeTest : public testing::TestWithParam<WholeCase> {};

TEST_P(ExcludedWholeTest, OrNot) {
  EXPECT_EQ(is_excluded_whole(GetParam().wanted, project(1, "prod-1")), GetParam().excluded);
}

Matcher both(std::string project_glob, std::string cluster_glob) {
  Matcher matcher = projects_called(std::move(project_glob));
  matcher.cluster = std::move(cluster_glob);
  return matcher;
}

Matcher with_id(unsigned number) {
  Matcher matcher;
  matcher.project_id = object_id(number);
  return matcher;
}

INSTANTIATE_TEST_SUITE_P(
    Projects, ExcludedWholeTest,
    testing::Values(WholeCase{"NoMatcher", everything(), false},
                    WholeCase{"OtherIncluded", including({projects_called("dev-*")}), true},
                    WholeCase{"OtherIdIncluded", including({with_id(2)}), true},
                    WholeCase{"Included", including({projects_called("dev-*"), with_id(1)}), false},
                    WholeCase{"SomeIncluded", including({both("prod-*", "a")}), false},
                    WholeCase{"SomeMayHaveTheTag", including({tagged("env", "dev")}), false},
                    WholeCase{"Excluded", excluding({projects_called("prod-*")}), true},
                    WholeCase{"ExcludedWithEveryCluster", excluding({both("prod-*", "*")}), true},
                    WholeCase{"SomeExcluded", excluding({both("prod-*", "a*")}), false},
                    WholeCase{"ExcludedByTag", excluding({tagged("env", "dev")}), false},
                    WholeCase{"OtherExcluded", excluding({projects_called("dev-*")}), false},
                    WholeCase{"AllExcluded", excluding({Matcher{}}), true}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(ExcludedWholeTest, ExcludeWinsOverInclude) {
  Wanted wanted = including({projects_called("prod-*")});
  wanted.exclude = {with_id(1)};
  EXPECT_TRUE(is_excluded_whole(wanted, project(1, "prod-1")));
  EXPECT_FALSE(is_excluded_whole(wanted, project(2, "prod-2")));
}

}  // namespace
}  // namespace restorewatch
