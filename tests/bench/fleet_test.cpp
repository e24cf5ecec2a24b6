// The scenarios of fleet_simulation with a fleet that is small enough for every day: 300 clusters
// in three projects. The goals are the same, since they do not depend on size.

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "bench/scenarios.h"

namespace restorewatch::testing_fleet {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

FleetRunOptions small_fleet() {
  FleetRunOptions options;
  options.shape.projects = 3;
  return options;
}

void expect_all_met(const std::vector<Figure>& figures) {
  for (const Figure& figure : figures) EXPECT_TRUE(figure.is_met()) << line_of(figure);
}

double value_of(const std::vector<Figure>& figures, const std::string& name) {
  const auto found = std::ranges::find(figures, name, &Figure::name);
  EXPECT_NE(found, figures.end()) << name;
  return found == figures.end() ? -1 : found->value;
}

TEST(FleetTest, SeesEveryChangeOnceAndInTimeWithinItsShareOfCalls) {
  const auto figures = steady(small_fleet(), 1, hours(6));
  expect_all_met(figures);
  EXPECT_GT(value_of(figures, "steady_jobs"), 100);
  EXPECT_GT(value_of(figures, "steady_first_seen_ended"), 10);
  EXPECT_GT(value_of(figures, "steady_detection_active_changes"), 100);
  EXPECT_GT(value_of(figures, "steady_detection_idle_changes"), 50);
  EXPECT_GT(value_of(figures, "steady_detection_collection_changes"), 50);
  EXPECT_EQ(value_of(figures, "steady_overruns"), 0);
}

TEST(FleetTest, SeesTheSameThroughTheRealStore) {
  FleetRunOptions options = small_fleet();
  options.on_disk = true;
  expect_all_met(steady(options, 1, hours(1)));
}

/// Of lists of several pages the rest is read once an hour, and where the newest page has news.
TEST(FleetTest, ReadsTheNewestPageAndNowAndThenAll) {
  FleetRunOptions options = small_fleet();
  options.shape.projects = 1;
  options.shape.listed_jobs = 9;
  options.atlas.jobs_a_page = 5;
  const auto figures = steady(options, 1, hours(6));
  expect_all_met(figures);
  const double sweeps = 2 * options.shape.clusters_a_project / 60.0;  // a minute
  EXPECT_GE(value_of(figures, "steady_further_pages"), sweeps);
  EXPECT_LE(value_of(figures, "steady_further_pages"), 3 * sweeps);
  EXPECT_NEAR(value_of(figures, "steady_first_pages"), 120, 2);
}

TEST(FleetTest, SharesWhatIsTooLittleFairly) {
  const auto figures = over_committed(small_fleet(), 1'000, hours(2));
  expect_all_met(figures);
  EXPECT_GT(value_of(figures, "over_committed_interval_exported"), 200);  // a minute was wanted
}

TEST(FleetTest, LeavesAThrottledProjectAloneAndNoOther) {
  const auto figures = throttled(small_fleet());
  expect_all_met(figures);
  EXPECT_GT(value_of(figures, "throttled_refused"), 0);
}

TEST(FleetTest, TriesGentlyWhileAtlasIsAwayAndComesBackWithoutAHerd) {
  const auto figures = outage(small_fleet());
  expect_all_met(figures);
  EXPECT_GT(value_of(figures, "outage_calls_during"), 0);
}

TEST(FleetTest, KeepsItsPaceAcrossRestarts) {
  expect_all_met(restart(small_fleet()));
}

}  // namespace
}  // namespace restorewatch::testing_fleet
