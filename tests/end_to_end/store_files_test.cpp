// What an operator sees when the store's file goes away under the daemon.

#include <gtest/gtest.h>

#include <filesystem>

#include "end_to_end/stage.h"

namespace restorewatch {
namespace {

constexpr const char* kScenario = R"(
projects:
  - id: 5b69d0349b15c62cdfc38b78
    name: prod-payments
    clusters:
      - {name: prod-a, jobs: [{at: -1h, takes: 1m, end: completed}]}
)";
constexpr const char* kProjects =
    "  - {id: 5b69d0349b15c62cdfc38b78, name: prod-payments, clusters: [{name: prod-a}]}";

bool is_ready(const Stage& stage) {
  return stage.get("/-/ready").value_or("").find("is ready") != std::string::npos;
}

TEST(StoreFiles, ARemovedStoreMakesTheDaemonUnreadyUntilItIsBack) {
  Stage stage(Login::Digest, kScenario);
  stage.start_daemon({.projects = kProjects});
  const std::string store = stage.folder().file("store.db");
  const std::string aside = stage.folder().file("aside.db");
  ASSERT_TRUE(eventually([&] { return is_ready(stage); })) << stage.daemon().err();
  EXPECT_TRUE(eventually([&] { return stage.shows("restorewatch_store_writable", {}, 1); }));

  std::filesystem::rename(store, aside);
  EXPECT_TRUE(eventually([&] { return stage.shows("restorewatch_store_writable", {}, 0); }));
  EXPECT_FALSE(is_ready(stage));
  EXPECT_NE(stage.daemon().err().find(store + " is gone"), std::string::npos)
      << stage.daemon().err();

  std::filesystem::rename(aside, store);
  EXPECT_TRUE(eventually([&] { return is_ready(stage); })) << stage.daemon().err();
  EXPECT_TRUE(eventually([&] { return stage.shows("restorewatch_store_writable", {}, 1); }));
}

}  // namespace
}  // namespace restorewatch
