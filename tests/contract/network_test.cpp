// The same over a real connection: the client, the loop that carries HTTP, and the fake Atlas as a
// server on a free port of this machine.

#include <gtest/gtest.h>

#include "atlas/atlas_client.h"
#include "base/telemetry.h"
#include "fakes/open_budget.h"
#include "net/running_loop.h"
#include "simulator/simulator.h"

namespace restorewatch {
namespace {

constexpr const char* kScenario = R"(
credentials:
  - {name: key, public_key: abcdefgh, private_key: SECRET-key, nonce_uses: 2}
  - {name: account, client_id: mdb_sa_id_0123, client_secret: SECRET-account}
projects:
  - id: 5b69d0349b15c62cdfc38b78
    name: shop
    clusters:
      - {name: prod, jobs: [{at: -1h, takes: 1m, end: completed, count: 5, every: 1s}]}
)";

class NetworkTest : public testing::TestWithParam<const char*> {
 protected:
  NetworkTest() {
    atlas_.start();
    AtlasOptions options;
    options.base_url = atlas_.base_url();
    options.page_size = 2;
    options.credentials = {
        {"key", ApiKey{"abcdefgh", Secret("SECRET-key")}, {}},
        {"account", ServiceAccount{"mdb_sa_id_0123", Secret("SECRET-account")}, {}}};
    client_ = std::make_unique<AtlasClient>(
        std::move(options), AtlasClient::Deps{*loop_, *loop_, budget_, clock_, telemetry_, Log()});
  }
  ~NetworkTest() override { EXPECT_TRUE(loop_.stop()); }

  /// What `start(done)` gives to `done` on the loop's thread.
  template <typename Value, typename Start>
  Value result_of(Start start) {
    auto promise = std::make_shared<std::promise<Value>>();
    auto result = promise->get_future();
    loop_->post([start, promise] {
      start([promise](Value value) { promise->set_value(std::move(value)); });
    });
    return result.get();
  }

  atlas_simulator::Simulator atlas_{atlas_simulator::parse_scenario(kScenario)};
  SystemClock clock_;
  OpenBudget budget_{clock_};
  Telemetry telemetry_;
  RunningLoop loop_;
  std::unique_ptr<AtlasClient> client_;
};

TEST_P(NetworkTest, FindsTheClusterAndReadsItsJobs) {
  const std::string credential = GetParam();
  using Projects = Result<Listed<Project>>;
  const auto projects =
      result_of<Projects>([&](auto done) { client_->directory().list_projects(credential, done); });
  ASSERT_TRUE(projects) << projects.error().detail;
  ASSERT_EQ(projects->rows.size(), 1U);
  const ProjectId shop = projects->rows.front().id;

  using Clusters = Result<Listed<Cluster>>;
  const auto clusters = result_of<Clusters>([&](auto done) {
    client_->directory().list_clusters({shop, {credential}, true}, done);
  });
  ASSERT_TRUE(clusters) << clusters.error().detail;
  ASSERT_EQ(clusters->rows.size(), 1U);

  const Target target{{shop, clusters->rows.front().name, Source::Dedicated}, "shop", {credential}};
  const auto listing = result_of<Listing>([&](auto done) { client_->list(target, {}, done); });
  EXPECT_TRUE(listing.complete());
  ASSERT_EQ(listing.jobs.size(), 5U);
  EXPECT_EQ(listing.jobs[0].state, JobState::Completed);
  const auto one = result_of<Result<RestoreJob>>(
      [&](auto done) { client_->get(target, listing.jobs[3].id, done); });
  ASSERT_TRUE(one) << one.error().detail;
  EXPECT_TRUE(*one == listing.jobs[3]);
}

INSTANTIATE_TEST_SUITE_P(Logins, NetworkTest, testing::Values("key", "account"),
                         [](const auto& login) { return std::string(login.param); });

}  // namespace
}  // namespace restorewatch
