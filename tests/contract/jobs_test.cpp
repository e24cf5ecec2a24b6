// Every source, in each generation of its API, through every state and delivery that it has: what
// is read, listed and asked for one by one, is what is true in the fake Atlas.

#include <map>
#include <set>

#include "contract/contract_test_base.h"
#include "contract/expected_job.h"

namespace restorewatch {
namespace {

namespace sim = atlas_simulator;
using std::chrono::seconds;
using Words = std::set<std::string>;

// Twelve of each, so that whatever the fake Atlas leaves to chance comes up both ways.
constexpr const char* kScenario = R"(
rate_limit: {capacity: 1000000, refill: 1000000, per: 1s}
projects:
  - id: 5b69d0349b15c62cdfc38b78
    name: shop
    clusters:
      - name: dedicated
        jobs: &flags
          - {at: -10s, takes: 60s, end: completed, count: 12}
          - {at: -10s, takes: 60s, end: completed, count: 12, target_project: 5f1b3c2e8a7d4e0012345678, target_cluster: drill}
          - {at: -10s, takes: 60s, end: failed, count: 12}
          - {at: -10s, takes: 60s, end: cancelled, delivery: automated, count: 12}
          - {at: -10s, takes: 60s, end: expired, delivery: automated, count: 12}
          - {at: -10s, takes: 60s, end: vanishes, count: 12}
          - {at: -10s, end: never, count: 12}
          - {at: -10s, takes: 60s, end: completed, delivery: pointInTime, count: 12}
          - {at: -10s, takes: 60s, end: failed, delivery: pointInTime, count: 12}
          - {at: -10s, takes: 60s, end: ready, link_lives: 60s, count: 12}
          - {at: -10s, takes: 60s, end: expired, delivery: download, link_lives: 60s, count: 12}
          - {at: -10s, takes: 60s, end: expired, delivery: download, link_lives: 0s, count: 12}
          - {at: -10s, takes: 60s, end: completed, delivery: download, link_lives: 60s, count: 12}
          - {at: -10s, takes: 60s, end: failed, delivery: download, count: 12}
          - {at: -10s, takes: 60s, end: cancelled, delivery: download, count: 12}
      - name: sharded
        sharded: true
        jobs: *flags
      - name: serverless
        tier: serverless
        jobs: *flags
      - name: flex
        tier: flex
        jobs: &words
          - {at: -10s, takes: 60s, pending: 20s, queued: 20s, end: completed, count: 12, target_cluster: drill}
          - {at: -10s, takes: 60s, pending: 20s, queued: 20s, end: failed, count: 12}
          - {at: -10s, takes: 60s, pending: 20s, queued: 20s, end: vanishes, count: 12}
          - {at: -10s, pending: 20s, queued: 20s, end: never, count: 12}
          - {at: -10s, takes: 60s, pending: 20s, queued: 20s, end: completed, delivery: download, count: 12}
          - {at: -10s, takes: 60s, pending: 20s, queued: 20s, end: failed, delivery: download, count: 12}
      - name: closing
        tier: flex
        jobs: [{at: -10s, takes: 60s, end: completed, closed: true, count: 12}]
      - name: tenant
        tier: tenant
        jobs: *words
      - name: collection
        jobs:
          - {source: collection, at: -10s, takes: 65s, pending: 20s, end: completed, partial: true, count: 12}
          - {source: collection, at: -10s, takes: 65s, pending: 20s, end: completed, partial: false, count: 12}
          - {source: collection, at: -10s, takes: 65s, pending: 20s, end: failed, error: "the index \"a_1\"\nfailed", count: 12}
          - {source: collection, at: -10s, takes: 65s, pending: 20s, end: cancelled, count: 12, target_cluster: drill}
          - {source: collection, at: -10s, takes: 65s, pending: 20s, end: vanishes, count: 12}
          - {source: collection, at: -10s, pending: 20s, end: never, count: 12}
)";

/// The states and deliveries that each source can show, from the reference of the API.
Words states_of(Source source) {
  Words words{"automated pending",  "automated queued", "automated running", "automated completed",
              "automated failed",   "download pending", "download queued",   "download running",
              "download completed", "download failed"};
  if (source == Source::Flex || source == Source::Tenant) return words;
  if (source == Source::Collection) {
    return {"collection pending", "collection running", "collection completed", "collection failed",
            "collection cancelled"};
  }
  return {"automated in_progress",   "automated completed",  "automated failed",
          "automated cancelled",     "automated expired",    "point_in_time in_progress",
          "point_in_time completed", "point_in_time failed", "download in_progress",
          "download ready",          "download completed",   "download failed",
          "download cancelled",      "download expired"};
}

/// Ways of saying the same that must have come up.
Words forms_of(Source source) {
  switch (source) {
    case Source::Dedicated:
      return {"\"oplogTs\"",    "\"pointInTimeUTCSeconds\"",          "\"components\"",
              "\"snapshotId\"", "\"privateDownloadDeliveryUrls\":[{", "\"deliveryUrl\":[]",
              "SECRETLINK"};
    case Source::Serverless:
      return {"\"oplogTs\"", "\"pointInTimeUTCSeconds\"", "\"snapshotId\"", "SECRETLINK"};
    case Source::Flex:
      return {"\"CLOSED\"", "\"COMPLETED\"", "SECRETLINK"};
    case Source::Tenant:
      return {"\"COMPLETED\"", "SECRETLINK"};
    case Source::Collection:
      return {"\"pointInTimeUtcSeconds\"", "\"snapshotId\"", "\"FINALIZING\""};
  }
  return {};
}

sim::Source true_source(Source source) {
  return sim::kSources.at(index_of(source));  // both name them in the same order
}

class JobContractTest : public ContractTest, public testing::WithParamInterface<Endpoint> {
 protected:
  void SetUp() override {
    ContractTest::SetUp();
    open(kScenario);
    world_ = std::make_unique<sim::World>(still_scenario(kScenario), clock_.wall_now());
  }

  /// The jobs of the endpoint's source, by cluster.
  std::map<std::string, std::vector<TrueJob>> truth() const {
    std::map<std::string, std::vector<TrueJob>> jobs;
    const sim::Project& project = world_->projects().front();
    for (const sim::Cluster& cluster : project.clusters) {
      for (const sim::Job& job : cluster.jobs(true_source(GetParam().source)).all()) {
        jobs[cluster.name].push_back({job, project, cluster});
      }
    }
    return jobs;
  }

  void compare(const Target& of, const std::vector<TrueJob>& truth);
  void compare_one(const Target& of, const TrueJob& truth, std::map<JobId, RestoreJob>& listed);

  std::unique_ptr<sim::World> world_;
  Words seen_;
};

void JobContractTest::compare(const Target& of, const std::vector<TrueJob>& truth) {
  const Listing listing = list(of);
  EXPECT_TRUE(listing.complete());
  EXPECT_TRUE(listing.unreadable.empty());
  EXPECT_TRUE(listing.unknown_words.empty());
  std::map<JobId, RestoreJob> listed;
  for (const RestoreJob& job : listing.jobs) listed.emplace(job.id, job);
  EXPECT_EQ(listed.size(), listing.jobs.size());
  for (const TrueJob& job : truth) compare_one(of, job, listed);
  EXPECT_TRUE(listed.empty()) << "listed, and not true: " << to_string(listed.begin()->first);
}

void JobContractTest::compare_one(const Target& of, const TrueJob& truth,
                                  std::map<JobId, RestoreJob>& listed) {
  const JobId id = parse_object_id(truth.job.id).value();
  const auto expected = expected_job(truth, clock_.wall_now());
  const auto row = listed.extract(id);
  const auto got = get(of, id);
  if (!expected) {
    EXPECT_TRUE(row.empty()) << "listed, though it has vanished: " << truth.job.id;
    EXPECT_EQ(ending(got), "not_found");
    return;
  }
  ASSERT_FALSE(row.empty()) << "not listed: " << described(*expected);
  ASSERT_TRUE(got) << got.error().detail;
  EXPECT_EQ(described(row.mapped()), described(*expected));
  EXPECT_TRUE(row.mapped() == *expected);
  EXPECT_EQ(described(*got), described(*expected));
  EXPECT_TRUE(*got == *expected);
  seen_.insert(std::string(label(expected->delivery)) + ' ' + std::string(label(expected->state)));
}

TEST_P(JobContractTest, EveryStateIsReadAsItIs) {
  ASSERT_FALSE(truth().empty());
  for (int i = 0; i < 14; ++i) {
    SCOPED_TRACE(i);
    for (const auto& [cluster, jobs] : truth()) {
      compare(target(cluster, GetParam().source, GetParam().api), jobs);
    }
    if (HasFailure()) return;
    clock_.advance(seconds(10));
  }
  EXPECT_EQ(seen_, states_of(GetParam().source));
  for (const std::string& form : forms_of(GetParam().source)) {
    EXPECT_NE(atlas_->sent().find(form), std::string::npos) << form;
  }
}

TEST_P(JobContractTest, AWordOfLaterTimesLeavesTheStateUnknown) {
  const auto all = truth();
  const auto& [cluster, jobs] = *all.begin();
  const Target of = target(cluster, GetParam().source, GetParam().api);
  const bool by_flags = states_of(GetParam().source).contains("download ready");
  const std::string member = by_flags                                  ? "deliveryType"
                             : GetParam().source == Source::Collection ? "state"
                                                                       : "status";
  const std::string word = by_flags                                  ? "pointInTime"
                           : GetParam().source == Source::Collection ? "INITIALIZING"
                                                                     : "PENDING";
  atlas_->rewrite('"' + word + '"', "\"THAWING\"");
  const Listing listing = list(of);
  EXPECT_EQ(listing.jobs.size(), jobs.size());
  EXPECT_TRUE(listing.unreadable.empty());
  ASSERT_FALSE(listing.unknown_words.empty());
  for (const UnknownWord& unknown : listing.unknown_words) {
    EXPECT_EQ(unknown.member, member);
    EXPECT_EQ(unknown.word, "THAWING");
    const auto job = get(of, unknown.job);
    ASSERT_TRUE(job);
    EXPECT_TRUE(by_flags ? job->delivery == Delivery::Unknown : job->state == JobState::Unknown);
  }
}

TEST_P(JobContractTest, AJobWithAnUnfitMemberHidesNoOther) {
  const auto all = truth();
  const auto& [cluster, jobs] = *all.begin();
  const Target of = target(cluster, GetParam().source, GetParam().api);
  clock_.advance(seconds(55));  // some have ended: their end is one that can be spoilt
  const std::size_t sound = list(of).jobs.size();
  for (const char* field : {"id", "flag"}) {
    fault(std::string("{kind: bad_job, count: 1, field: ") + field + "}");
    const Listing listing = list(of);
    EXPECT_TRUE(listing.complete());
    EXPECT_EQ(listing.jobs.size(), sound - 1) << field;
    EXPECT_EQ(listing.unreadable.size(), 1U) << field;
  }
}

INSTANTIATE_TEST_SUITE_P(Endpoints, JobContractTest,
                         testing::ValuesIn(all_endpoints().begin(), all_endpoints().end()),
                         [](const auto& endpoint) { return name_of(endpoint.param); });

}  // namespace
}  // namespace restorewatch
