#include "simulator/world.h"

#include <map>
#include <set>

#include <gtest/gtest.h>

#include "simulator/api_fixture.h"
#include "simulator/time_text.h"

namespace atlas_simulator {
namespace {

using namespace std::chrono_literals;

const VirtualTime kStart = *StillAtlas::start();

World world_of(const std::string& jobs, std::uint64_t seed = 1) {
  Scenario scenario = parse_scenario(open_scenario("          - " + jobs + "\n"));
  scenario.seed = seed;
  return {scenario, kStart};
}

const std::vector<Job>& jobs_of(const World& world) {
  return world.projects().front().clusters.front().jobs(Source::Dedicated).all();
}

std::vector<std::string> ids_of(const World& world) {
  std::vector<std::string> ids;
  for (const auto& job : jobs_of(world)) ids.push_back(job.id);
  return ids;
}

struct Life {
  const char* name;
  const char* job;
  std::vector<std::pair<Millis, Look>> looks;
  std::optional<Look> outcome;  // at the last of the looks
};

class LifeTest : public testing::TestWithParam<Life> {};

TEST_P(LifeTest, ShowsEachStateInItsTime) {
  const World world = world_of(GetParam().job);
  const Job& job = jobs_of(world).front();
  for (const auto& [offset, look] : GetParam().looks) {
    EXPECT_EQ(word(look_at(job, kStart + offset)), word(look)) << offset.count() << " ms";
  }
  EXPECT_EQ(outcome_of(job, kStart + GetParam().looks.back().first), GetParam().outcome);
}

INSTANTIATE_TEST_SUITE_P(
    Ends, LifeTest,
    testing::Values(Life{"Completed",
                         "{at: 2s, takes: 3s, end: completed}",
                         {{1999ms, Look::NotYet},
                          {2s, Look::InProgress},
                          {4999ms, Look::InProgress},
                          {5s, Look::Completed}},
                         Look::Completed},
                    Life{"Failed",
                         "{at: 0s, takes: 1s, end: failed}",
                         {{999ms, Look::InProgress}, {1s, Look::Failed}, {24h, Look::Failed}},
                         Look::Failed},
                    Life{"Cancelled",
                         "{at: 0s, takes: 1s, end: cancelled}",
                         {{999ms, Look::InProgress}, {1s, Look::Cancelled}},
                         Look::Cancelled},
                    Life{"ReadyThenExpired",
                         "{at: 0s, takes: 4m, end: expired, link_lives: 1h}",
                         {{4min - 1ms, Look::InProgress},
                          {4min, Look::Ready},
                          {64min - 1ms, Look::Ready},
                          {64min, Look::Expired}},
                         Look::Completed},
                    Life{"ReadyIsCompletedAlready",
                         "{at: 0s, takes: 4m, end: expired}",
                         {{63min, Look::Ready}},
                         Look::Completed},
                    Life{"ExpiredWithoutLink",
                         "{at: 0s, takes: 4m, end: expired, link_lives: 0s}",
                         {{239s, Look::InProgress}, {4min, Look::Expired}},
                         Look::Expired},
                    Life{"AutomatedExpired",
                         "{at: 0s, takes: 4m, end: expired, delivery: automated}",
                         {{239s, Look::InProgress}, {4min, Look::Expired}},
                         Look::Expired},
                    Life{"ReadyForGood",
                         "{at: 0s, takes: 1s, end: ready}",
                         {{999ms, Look::InProgress}, {1s, Look::Ready}, {48h, Look::Ready}},
                         Look::Completed},
                    Life{"ReadyThenCompleted",
                         "{at: 0s, delivery: download, takes: 1s, end: completed, link_lives: 1s}",
                         {{1s, Look::Ready}, {2s, Look::Completed}},
                         Look::Completed},
                    Life{"Vanishes",
                         "{at: 5s, takes: 1s, end: vanishes}",
                         {{5s, Look::InProgress}, {6s, Look::Gone}},
                         std::nullopt},
                    Life{"Never",
                         "{at: 0s, takes: 1s, end: never}",
                         {{0s, Look::InProgress}, {24h * 365, Look::InProgress}},
                         std::nullopt}),
    [](const auto& life) { return std::string(life.param.name); });

TEST(WorldTest, IsTheSameForTheSameSeed) {
  const std::string jobs = "{at: -1h, takes: 1s..9s, end: failed, count: 20, every: 1m}";
  EXPECT_EQ(ids_of(world_of(jobs, 5)), ids_of(world_of(jobs, 5)));
  EXPECT_NE(ids_of(world_of(jobs, 5)), ids_of(world_of(jobs, 6)));
}

TEST(WorldTest, IdsBeginWithTheSecondOfCreation) {
  const World world = world_of("{at: 1500ms}");
  const std::string id = jobs_of(world).front().id;
  EXPECT_EQ(std::stoll(id.substr(0, 8), nullptr, 16), unix_seconds(kStart) + 1);
  EXPECT_EQ(id.size(), 24U);
}

TEST(WorldTest, ListsNewestFirstAndEveryIdOnce) {
  const World world = world_of("{at: -1h, count: 100, every: 100ms}");
  const auto& jobs = jobs_of(world);
  for (std::size_t i = 1; i < jobs.size(); ++i) EXPECT_LE(jobs[i].created, jobs[i - 1].created);
  const auto ids = ids_of(world);
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), 100U);
}

TEST(WorldTest, DrawsDurationsWithinTheirRange) {
  const World world = world_of("{takes: 2s..4s, count: 200}");
  std::set<Millis> lengths;
  for (const auto& job : jobs_of(world)) lengths.insert(*job.settled - job.created);
  EXPECT_GE(*lengths.begin(), 2s);
  EXPECT_LE(*lengths.rbegin(), 4s);
  EXPECT_GT(lengths.size(), 100U);
}

TEST(WorldTest, GeneratesTheAskedMix) {
  const std::string cluster =
      "          []\n        generate: {count: 1000, from: -30d, until: 1h, "
      "mix: {completed: 90, vanishes: 10}}\n";
  const World world(parse_scenario(open_scenario(cluster)), kStart);
  std::map<End, int> ends;
  for (const auto& job : jobs_of(world)) {
    ++ends[job.end];
    EXPECT_GE(job.created, kStart - 24h * 30);
    EXPECT_LE(job.created, kStart + 1h);
  }
  EXPECT_EQ(ends.size(), 2U);
  EXPECT_NEAR(ends[End::Completed], 900, 60);
}

TEST(WorldTest, AddsJobsAsOfNow) {
  World world = world_of("{at: 0s}");
  const AddedJob added{"prod-payments", "prod-a", {}};
  const auto first = world.add(added, kStart + 1h);
  const auto second = world.add(added, kStart + 1h);
  ASSERT_EQ(first.size(), 1U);
  EXPECT_NE(first, second);
  EXPECT_EQ(jobs_of(world).size(), 3U);
  EXPECT_EQ(jobs_of(world).front().created, kStart + 1h);
  EXPECT_TRUE(world.add({"prod-payments", "no-such", {}}, kStart).empty());
}

// What the shipped scenarios promise to those who run them.

World shipped(const std::string& name) {
  return {parse_scenario(repository_file("tests/simulator/scenarios/" + name)), kStart};
}

using Census = std::map<std::string, int>;

/// Jobs created from `from` on, by what they are at `now`; downloads that had a link are told
/// apart.
Census census(const World& world, VirtualTime from, VirtualTime now) {
  Census found;
  for (const auto& project : world.projects()) {
    for (const auto& cluster : project.clusters) {
      for (const auto& job : cluster.jobs(Source::Dedicated).all()) {
        if (job.created < from || job.created > now) continue;
        ++found[std::string(word(look_at(job, now))) + (job.link_dies ? " with link" : "")];
      }
    }
  }
  return found;
}

TEST(ShippedScenarioTest, DemoShowsEveryEndWithinTwentySeconds) {
  Census found = census(shipped("demo.yaml"), kStart, kStart + 20s);
  for (const char* end : {"completed", "failed", "cancelled", "expired with link", "vanished",
                          "in_progress", "ready with link"}) {
    EXPECT_GE(found[end], 1) << end;
  }
}

TEST(ShippedScenarioTest, AllSourcesHasEveryTierAndEveryEndOfEverySourceWithinFifteenSeconds) {
  const World world = shipped("all_sources.yaml");
  std::set<Tier> tiers;
  std::set<std::string> organizations;
  std::map<Source, std::set<Look>> looks;
  for (const auto& project : world.projects()) {
    organizations.insert(project.organization);
    for (const auto& cluster : project.clusters) {
      tiers.insert(cluster.tier);
      for (const auto& list : cluster.lists) {
        for (const auto& job : list.all()) looks[job.source].insert(look_at(job, kStart + 15s));
      }
    }
  }
  EXPECT_EQ(tiers.size(), 5U);
  EXPECT_EQ(organizations.size(), 2U);
  EXPECT_EQ(looks[Source::Dedicated],
            (std::set{Look::InProgress, Look::Ready, Look::Completed, Look::Failed, Look::Cancelled,
                      Look::Expired, Look::Gone}));
  EXPECT_EQ(looks[Source::Flex], (std::set{Look::Completed, Look::Failed, Look::Gone}));
  EXPECT_EQ(looks[Source::Collection], (std::set{Look::Completed, Look::Failed, Look::Cancelled}));
  EXPECT_EQ(looks[Source::Serverless], (std::set{Look::Completed, Look::Failed, Look::Expired}));
  EXPECT_EQ(looks[Source::Tenant], (std::set{Look::Completed, Look::Failed}));
}

TEST(ShippedScenarioTest, ManyEndsHasEveryEndOftenEnough) {
  const World world = shipped("many_ends.yaml");
  Census found = census(world, kStart, kStart + 25s);
  EXPECT_GE(found["completed"], 50);
  EXPECT_GE(found["failed"], 50);
  EXPECT_GE(found["cancelled"], 50);
  EXPECT_GE(found["expired with link"], 50);
  EXPECT_GE(found["vanished"], 10);
  EXPECT_FALSE(found.contains("in_progress")) << "all are over by then";
  EXPECT_EQ(found, census(world, kStart, kStart + 24h)) << "and nothing happens later";
}

TEST(ShippedScenarioTest, ManyEndsHasHistoryOfEveryEnd) {
  Census found = census(shipped("many_ends.yaml"), kStart - 24h * 365, kStart);
  for (const char* end : {"completed", "failed", "cancelled", "expired with link", "expired"}) {
    EXPECT_GE(found[end], 3) << end;
  }
}

TEST(ShippedScenarioTest, ManyEndsHasJobsTooShortToBeSeenRunning) {
  int brief = 0;
  const World world = shipped("many_ends.yaml");
  for (const auto& project : world.projects()) {
    for (const auto& cluster : project.clusters) {
      for (const auto& job : cluster.jobs(Source::Dedicated).all())
        brief += *job.settled - job.created == 10ms ? 1 : 0;
    }
  }
  EXPECT_GE(brief, 20);
}

}  // namespace
}  // namespace atlas_simulator
