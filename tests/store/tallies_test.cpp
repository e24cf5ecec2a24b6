#include "store/tallies.h"

#include <gtest/gtest.h>

#include "store/codes.h"

namespace restorewatch {
namespace {

ProjectId project() {
  return *parse_object_id("5b69d0349b15c62cdfc38b78");
}

TEST(TalliesTest, NamesWhatIsCountedOfATarget) {
  TargetCounters counters;
  counters.requested[index_of(Scope::OtherProject)] = 3;
  counters.finished[index_of(Kind::Download)][index_of(Outcome::Expired)] = 4;
  counters.violations[index_of(PolicyRule::ProtectedTarget)] = 5;
  EXPECT_EQ(tallies(counters), (std::vector<Tally>{{"requested/other_project", 3},
                                                   {"finished/download/expired", 4},
                                                   {"violations/protected_target", 5}}));
}

TEST(TalliesTest, NamesWhatIsCountedOfTheFleet) {
  FleetTotals totals;
  totals.transitions[{Source::Dedicated, std::nullopt, JobState::InProgress}] = 1;
  totals.transitions[{Source::Dedicated, JobState::InProgress, JobState::Failed}] = 2;
  totals.missed[project()] = 3;
  totals.durations[index_of(Kind::Restore)].buckets[1] = 4;
  totals.durations[index_of(Kind::Restore)].buckets.back() = 5;
  totals.durations[index_of(Kind::Restore)].sum_ms = 6;
  EXPECT_EQ(tallies(totals), (std::vector<Tally>{{"transitions/dedicated/none/in_progress", 1},
                                                 {"transitions/dedicated/in_progress/failed", 2},
                                                 {"missed/5b69d0349b15c62cdfc38b78", 3},
                                                 {"durations/restore/300", 4},
                                                 {"durations/restore/more", 5},
                                                 {"duration_ms/restore", 6}}));
}

template <typename Counters>
Counters restored(const Counters& counters) {
  Counters result;
  for (const Tally& tally : tallies(counters)) {
    EXPECT_TRUE(restore(tally.name, tally.value, result)) << tally.name;
  }
  return result;
}

TEST(TalliesTest, EveryCounterOfATargetFindsItsWayBack) {
  TargetCounters counters;
  std::uint64_t next = 1;
  for (auto& value : counters.requested) value = next++;
  for (auto& kind : counters.finished) {
    for (auto& value : kind) value = next++;
  }
  for (auto& value : counters.violations) value = next++;
  EXPECT_EQ(restored(counters), counters);
}

TEST(TalliesTest, EveryTotalFindsItsWayBack) {
  FleetTotals totals;
  std::uint64_t next = 1;
  for (std::size_t to = 0; to < kJobStateCount; ++to) {
    totals.transitions[{Source::Dedicated, std::nullopt, static_cast<JobState>(to)}] = next++;
    for (std::size_t from = 0; from < kJobStateCount; ++from) {
      totals.transitions[{Source::Dedicated, static_cast<JobState>(from),
                          static_cast<JobState>(to)}] = next++;
    }
  }
  totals.missed[project()] = next++;
  for (auto& histogram : totals.durations) {
    for (auto& value : histogram.buckets) value = next++;
    histogram.sum_ms = next++;
  }
  EXPECT_EQ(restored(totals), totals);
}

TEST(TalliesTest, UnknownNamesAreRefused) {
  TargetCounters counters;
  FleetTotals totals;
  for (const char* const name :
       {"", "/", "requested", "requested/moon", "finished/restore", "finished/moon/failed",
        "transitions/dedicated/none/in_progress", "requested/same_cluster/a/b/c/d"}) {
    EXPECT_FALSE(restore(name, 1, counters)) << name;
  }
  for (const char* const name :
       {"", "transitions/dedicated/moon/failed", "transitions/moon/none/failed",
        "transitions/dedicated/none", "missed/5b69", "durations/restore/301", "durations/moon/300",
        "duration_ms/moon", "requested/same_cluster"}) {
    EXPECT_FALSE(restore(name, 1, totals)) << name;
  }
  EXPECT_EQ(counters, TargetCounters{});
  EXPECT_EQ(totals, FleetTotals{});
}

template <typename Enum>
void expect_codes(const std::vector<std::string_view>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto word = from_code<Enum>(static_cast<std::int64_t>(i) + 1);
    ASSERT_TRUE(word) << words[i];
    EXPECT_EQ(label(*word), words[i]);
    EXPECT_EQ(code_of(*word), i + 1);
  }
  EXPECT_FALSE(from_code<Enum>(0));
  EXPECT_FALSE(from_code<Enum>(static_cast<std::int64_t>(words.size()) + 1));
}

// Written stores hold these numbers: the lists may grow at their end and change nowhere else.
TEST(CodesTest, AreWhatStoresOutThereHold) {
  expect_codes<Source>({"dedicated", "flex", "collection", "serverless", "tenant"});
  expect_codes<Delivery>({"automated", "point_in_time", "download", "collection", "unknown"});
  expect_codes<JobState>({"pending", "queued", "running", "in_progress", "ready", "completed",
                          "failed", "cancelled", "expired", "lost", "unknown"});
  expect_codes<Outcome>({"completed", "failed", "cancelled", "expired", "lost"});
  expect_codes<Scope>({"same_cluster", "same_project", "other_project", "download", "unknown"});
  expect_codes<Purpose>({"drill", "other"});
  expect_codes<Tier>({"dedicated", "flex", "serverless", "tenant", "free"});
  expect_codes<ApiGeneration>({"v2", "v1.0"});
}

}  // namespace
}  // namespace restorewatch
