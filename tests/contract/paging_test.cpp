// However a list is cut into pages, the same is read; and what happens between two pages neither
// hides a job nor doubles one.

#include <set>

#include "contract/contract_test_base.h"

namespace restorewatch {
namespace {

constexpr const char* kScenario = R"(
rate_limit: {capacity: 1000000, refill: 1000000, per: 1s}
projects:
  - id: 5b69d0349b15c62cdfc38b78
    name: shop
    clusters:
      - name: dedicated
        jobs:
          - {at: -1d, every: 1m, takes: 5m, end: completed, count: 15}
          - {source: collection, at: -1d, every: 1m, takes: 5m, end: completed, count: 15}
      - {name: flex, tier: flex, jobs: [{at: -1d, every: 1m, takes: 5m, end: failed, count: 15}]}
      - {name: serverless, tier: serverless, jobs: [{at: -1d, every: 1m, takes: 5m, count: 15}]}
      - {name: tenant, tier: tenant, jobs: [{at: -1d, every: 1m, takes: 5m, count: 15}]}
)";

std::string cluster_of(Source source) {
  return source == Source::Collection ? "dedicated" : std::string(label(source));
}

class PagingContractTest : public ContractTest, public testing::WithParamInterface<Endpoint> {
 protected:
  void open_with(std::size_t page_size, const std::string& head = "") {
    AtlasOptions options;
    options.page_size = page_size;
    open(head + kScenario, options);
  }

  Listing read() {
    return list(target(cluster_of(GetParam().source), GetParam().source, GetParam().api));
  }

  /// Adds a job now; it is the newest, so all others move on by one.
  std::string add_job() {
    const std::string text = "{project: shop, source: " + std::string(label(GetParam().source)) +
                             ", cluster: " + cluster_of(GetParam().source) +
                             ", at: 0s, end: never}";
    return atlas_->atlas().add_job(atlas_simulator::parse_added_job(text)).front();
  }
};

TEST_P(PagingContractTest, EveryPageSizeGivesTheSameJobs) {
  open_with(500);
  const Listing whole = read();
  EXPECT_EQ(whole.jobs.size(), 15U);
  for (const std::size_t size : {1U, 2U, 7U, 15U}) {
    for (const char* head : {"", "foreign_links: true\n"}) {
      open_with(size, head);
      const Listing paged = read();
      EXPECT_TRUE(paged.complete()) << size;
      EXPECT_TRUE(paged.jobs == whole.jobs) << size;
    }
  }
}

TEST_P(PagingContractTest, AJobBetweenTwoPagesHidesAndDoublesNone) {
  open_with(500);
  const Listing before = read();
  // Pages of one are left out: after one more job the second page is the first again, which is
  // taken for a list that does not end.
  for (const std::size_t size : {2U, 7U, 14U}) {
    open_with(size);
    int asked = 0;
    atlas_->before_each([&](const HttpRequest&) {
      if (++asked == 2) add_job();
    });
    const Listing listing = read();
    EXPECT_TRUE(listing.complete());
    std::set<JobId> ids;
    for (const RestoreJob& job : listing.jobs) ids.insert(job.id);
    EXPECT_EQ(ids.size(), listing.jobs.size()) << "doubled, with pages of " << size;
    for (const RestoreJob& job : before.jobs) EXPECT_TRUE(ids.contains(job.id)) << size;
  }
}

TEST_P(PagingContractTest, AJobThatVanishesBetweenTwoPagesEndsNoListing) {
  open_with(2);
  atlas_->atlas().add_job(atlas_simulator::parse_added_job(
      "{project: shop, source: " + std::string(label(GetParam().source)) +
      ", cluster: " + cluster_of(GetParam().source) + ", at: 0s, takes: 10s, end: vanishes}"));
  int asked = 0;
  atlas_->before_each([&](const HttpRequest&) {
    if (++asked == 2) clock_.advance(std::chrono::seconds(10));
  });
  EXPECT_TRUE(read().complete());
  atlas_->before_each({});
  clock_.advance(std::chrono::seconds(10));  // where there is but one page
  EXPECT_EQ(read().jobs.size(), 15U);
}

INSTANTIATE_TEST_SUITE_P(Endpoints, PagingContractTest,
                         testing::ValuesIn(all_endpoints().begin(), all_endpoints().end()),
                         [](const auto& endpoint) { return name_of(endpoint.param); });

}  // namespace
}  // namespace restorewatch
