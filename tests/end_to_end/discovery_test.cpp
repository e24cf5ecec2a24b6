// What there is to watch, found by nothing but credentials, and how the daemon keeps it over
// restarts, outages and changes in Atlas.

#include "end_to_end/discovery_fixture.h"

namespace restorewatch {
namespace {

using std::chrono::seconds;

TEST_F(DiscoveryEndToEnd, WhatTheConfigurationNamesAndAtlasHasNotIsReported) {
  set(std::string(kAccounts) + kClusters);
  stage_->start_daemon(settings("", R"(
  - {id: 5b69d0349b15c62cdfc38b78, clusters: [{name: prod}, {name: nowhere}]}
  - {id: 000000000000000000000001, name: nobody, clusters: [{name: none}]})"));
  const Ran ran = run({"targets"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_NE(line_with(ran.out, {" nowhere ", "Atlas does not list it"}), "") << ran.out;
  EXPECT_NE(line_with(ran.out, {"000000000000000000000001", "GROUP_NOT_FOUND"}), "") << ran.out;

  ASSERT_TRUE(eventually([&] { return stage_->shows(kUp, {"\"prod\""}, 1); }));
  const auto log = [&] { return stage_->daemon().err(); };
  EXPECT_TRUE(eventually([&] { return stage_->shows(kUp, {"\"nowhere\""}, 0); })) << log();
  EXPECT_TRUE(eventually([&] { return stage_->shows(kUp, {"\"none\""}, 0); })) << log();
  EXPECT_TRUE(eventually([&] {
    return !line_with(log(), {"nowhere", "CLUSTER_NOT_FOUND"}).empty() &&
           !line_with(log(), {"000000000000000000000001", "GROUP_NOT_FOUND"}).empty();
  })) << log();
}

TEST_F(DiscoveryEndToEnd, AProjectThatTwoCredentialsSeeIsWatchedOnce) {
  std::string scenario = std::string(kAccounts) + kClusters;
  scenario.insert(scenario.find("    clusters:"), "    roles: {a: read_only}\n");
  set(scenario);
  auto both = settings();
  both.credentials = account("a") + account("b");
  stage_->start_daemon(both);
  ASSERT_TRUE(eventually([&] { return targets_up() == 3; })) << stage_->daemon().err();
  const std::int64_t before = lists(200);
  ASSERT_TRUE(eventually([&] { return lists(200) > before + 6; }));
  EXPECT_EQ(stage_->metric(kUp).size(), 3U);
  EXPECT_TRUE(without_zeros(stage_->metric("restorewatch_poll_errors_total")).empty());
  EXPECT_LE(lists(403), 2) << "what was refused once is not tried each time";
}

TEST_F(DiscoveryEndToEnd, WhatAClusterDidWhileNobodyWatchedIsNewsAndHistoryIsNot) {
  set(std::string(kAccounts) + kClusters);
  stage_->start_daemon(settings());
  ASSERT_TRUE(eventually([&] { return targets_up() == 3; })) << stage_->daemon().err();
  stop_daemon();
  stage_->control("POST", "/_sim/advance?seconds=2");  // ids and dates hold whole seconds
  stage_->control("POST", "/_sim/clusters",
                  "{do: create, project: shop, cluster: born, jobs: [{at: 0s, takes: 1ms, end: "
                  "failed}]}");
  stage_->control("POST", "/_sim/advance?seconds=10");
  stage_->start_daemon(settings());
  const std::vector<std::string> failed{"\"born\"", "outcome=\"failed\""};
  EXPECT_TRUE(eventually([&] { return stage_->shows(kFinished, failed, 1); }))
      << stage_->daemon().err();
  EXPECT_TRUE(eventually([&] { return has_event_of("born"); }));
  EXPECT_EQ(without_zeros(stage_->metric(kFinished)).size(), 1U) << "all else is history";
  EXPECT_FALSE(has_event_of("prod"));
  EXPECT_TRUE(stage_->shows("mongodbatlas_restore_jobs", {"\"prod\"", "state=\"failed\""}, 1));
}

TEST_F(DiscoveryEndToEnd, ARestartWhileAtlasIsAwayForgetsNothing) {
  set(std::string(kAccounts) + kClusters);
  stage_->start_daemon(settings());
  ASSERT_TRUE(eventually([&] { return targets_up() == 3; })) << stage_->daemon().err();
  stage_->control("POST", "/_sim/jobs",
                  "{project: shop, cluster: small, at: 0s, takes: 1ms, end: failed}");
  const std::vector<std::string> failed{"\"small\"", "outcome=\"failed\""};
  ASSERT_TRUE(eventually([&] { return stage_->shows(kFinished, failed, 1); }));
  const char* const last = "mongodbatlas_restore_last_success_timestamp_seconds";
  const SeriesMap successes = stage_->metric(last);
  const SeriesMap finished = without_zeros(stage_->metric(kFinished));
  ASSERT_FALSE(successes.empty());
  stop_daemon();

  stage_->control("POST", "/_sim/faults", "{kind: reset}");
  stage_->start_daemon(settings());
  EXPECT_TRUE(eventually([&] { return stage_->metric(kUp).size() == 3; }))
      << stage_->daemon().err();
  EXPECT_EQ(targets_up(), 0U);
  EXPECT_EQ(stage_->metric(last), successes);
  EXPECT_EQ(without_zeros(stage_->metric(kFinished)), finished);

  stage_->control("DELETE", "/_sim/faults");
  EXPECT_TRUE(eventually([&] { return targets_up() == 3; }, seconds(60))) << stage_->daemon().err();
  EXPECT_EQ(without_zeros(stage_->metric(kFinished)), finished) << "nothing is counted twice";
}

TEST_F(DiscoveryEndToEnd, ARetiredSourceIsSaidOnceAndAskedOncePerCluster) {
  std::string scenario = std::string("retired: gone\n") + kAccounts + kClusters;
  scenario += "      - {name: old-1, tier: tenant}\n      - {name: old-2, tier: tenant}\n";
  set(scenario);
  stage_->start_daemon(settings("sources: [dedicated, flex, tenant, serverless]\n"));
  ASSERT_TRUE(eventually([&] { return targets_up() == 2 && lists(410) >= 2; }))
      << stage_->daemon().err();
  const std::int64_t before = lists(200);
  ASSERT_TRUE(eventually([&] { return lists(200) > before + 6; }));
  EXPECT_EQ(lists(410), 2);
  EXPECT_EQ(count_lines(stage_->daemon().err(), "does not serve this source any more"), 1)
      << stage_->daemon().err();
}

TEST_F(DiscoveryEndToEnd, OnceNeedsNothingButCredentials) {
  set(std::string(kAccounts) + kClusters);
  stage_->start_daemon(settings());
  stop_daemon();
  for (const char* file : {"store.db", "store.db-wal", "store.db-shm"}) {
    std::filesystem::remove(stage_->folder().file(file));
  }
  const Ran ran = run({"once"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  for (const auto& [cluster, source] :
       {std::pair("prod", "dedicated"), {"prod", "collection"}, {"small", "flex"}}) {
    const std::string line =
        line_with(ran.out, {std::string(kUp) + "{", fmt::format("cluster_name=\"{}\"", cluster),
                            fmt::format("source=\"{}\"", source)});
    EXPECT_TRUE(line.ends_with(" 1")) << cluster << ' ' << source << '\n' << ran.out;
  }
  EXPECT_NE(line_with(ran.out, {"mongodbatlas_restore_jobs{", "\"small\"", "\"completed\"} 1"}),
            "");
}

TEST_F(DiscoveryEndToEnd, ARenamedProjectKeepsItsCounters) {
  set(std::string(kAccounts) + kClusters);
  stage_->start_daemon(settings());
  ASSERT_TRUE(eventually([&] { return targets_up() == 3; })) << stage_->daemon().err();
  stage_->control("POST", "/_sim/jobs",
                  "{project: shop, cluster: prod, at: 0s, takes: 1ms, end: failed}");
  const auto shows_failed = [&](const std::string& project) {
    return stage_->shows(kFinished,
                         {"\"prod\"", "outcome=\"failed\"", "project_name=\"" + project + "\""}, 1);
  };
  ASSERT_TRUE(eventually([&] { return shows_failed("shop"); }));
  stage_->control("POST", "/_sim/projects", "{do: rename, project: shop, name: market}");
  EXPECT_TRUE(eventually([&] { return shows_failed("market"); })) << stage_->daemon().err();
  EXPECT_TRUE(eventually([&] {
    return stage_->get("/metrics").value_or("").find("project_name=\"shop\"") == std::string::npos;
  }));
}

}  // namespace
}  // namespace restorewatch
