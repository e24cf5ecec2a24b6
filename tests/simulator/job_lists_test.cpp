#include <map>
#include <set>

#include <yaml-cpp/yaml.h>

#include <gtest/gtest.h>

#include "simulator/api_fixture.h"

namespace atlas_simulator {
namespace {

using namespace std::chrono_literals;

constexpr auto kV1 = Generation::V1;
constexpr auto kV2 = Generation::V2;

/// How one source's list differs from the others.
struct List {
  const char* name;
  Source source;
  Generation generation;
  const char* tier;
  bool paged, counted;
  const char* self;  // the beginning of its own link; empty: it has no links
  std::size_t job_links;
  const char* content_type;
  bool deprecated;
};

class ListShapeTest : public testing::TestWithParam<List> {
 protected:
  static std::string scenario() {
    const bool collection = GetParam().source == Source::Collection;
    return cluster_scenario(std::string("tier: ") + GetParam().tier +
                            ", jobs: [{at: -1h, takes: 1m, count: 5, every: 1m, source: " +
                            (collection ? "collection" : GetParam().tier) + "}]");
  }

  YAML::Node list(const std::string& query) {
    const Answer answer = still_.get(path_, query);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return YAML::Load(answer.body);
  }

  StillAtlas still_{scenario()};
  const std::string path_ = jobs_of_prod_a(GetParam().source, GetParam().generation);
};

TEST_P(ListShapeTest, IsPagedOrWhole) {
  const YAML::Node second = list("pageNum=2&itemsPerPage=2");
  EXPECT_EQ(second["results"].size(), GetParam().paged ? 2U : 5U);
  EXPECT_EQ(second["totalCount"].as<int>(), 5);
  const YAML::Node all = list("");
  EXPECT_EQ(second["results"][0]["id"].as<std::string>(),
            all["results"][GetParam().paged ? 2 : 0]["id"].as<std::string>());
}

TEST_P(ListShapeTest, DropsItsCountWhereItCan) {
  EXPECT_EQ(!list("includeCount=false")["totalCount"], GetParam().counted);
}

TEST_P(ListShapeTest, HasItsLinks) {
  const YAML::Node links = list("pageNum=2&itemsPerPage=2")["links"];
  const std::string self = GetParam().self;
  EXPECT_EQ(links.IsDefined(), !self.empty());
  if (self.empty()) return;
  ASSERT_EQ(links.size(), GetParam().paged ? 3U : 1U);
  const auto href = links[0]["href"].as<std::string>();
  EXPECT_EQ(href.find(self + path_), 0U) << href;
  EXPECT_EQ(href.find("includeCount") != std::string::npos, GetParam().counted) << href;
  EXPECT_EQ(href.find("pageNum=2") != std::string::npos, GetParam().paged) << href;
}

TEST_P(ListShapeTest, ItsJobsHaveLinksWhereDocumented) {
  const YAML::Node job = list("")["results"][0];
  EXPECT_EQ(job["links"] ? job["links"].size() : 0U, GetParam().job_links);
  if (GetParam().job_links == 0) return;
  EXPECT_EQ(job["links"][0]["href"].as<std::string>(),
            std::string(kLinkHost) + path_ + '/' + job["id"].as<std::string>());
}

TEST_P(ListShapeTest, NamesItsVersionAndItsEnd) {
  const Answer answer = still_.get(path_);
  EXPECT_EQ(answer.content_type, GetParam().content_type);
  EXPECT_EQ(!header(answer, "Sunset").empty(), GetParam().deprecated);
  EXPECT_EQ(header(answer, "Deprecation"),
            GetParam().deprecated ? "Wed, 5 Feb 2025 00:00:00 GMT" : "");
}

TEST_P(ListShapeTest, NeedsAVersionHeaderInTheSecondGenerationOnly) {
  ApiRequest request = get_request(path_);
  request.accept = "application/json";
  EXPECT_EQ(still_.ask(request).status, GetParam().generation == kV1 ? 200 : 406);
}

TEST_P(ListShapeTest, KnowsNoJobOfAnotherId) {
  const Answer answer = still_.get(path_ + "/000000000000000000000000");
  const bool by_status = GetParam().source == Source::Flex || GetParam().source == Source::Tenant;
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(header(answer, "X-Error-Code"),
            by_status ? "TENANT_RESTORE_NOT_FOUND" : "RESTORE_JOB_NOT_FOUND");
}

TEST_P(ListShapeTest, SpoilsTheMembersThatItHas) {
  for (const char* field : {"id", "time", "flag"}) {
    const std::string before = still_.get(path_).body;
    still_.atlas.add_fault(
        parse_faults("{kind: bad_job, count: 1, field: " + std::string(field) + "}").front());
    const std::string spoilt = still_.get(path_).body;
    EXPECT_NE(spoilt, before) << field;
    EXPECT_EQ(YAML::Load(spoilt)["results"][0].size(), YAML::Load(before)["results"][0].size())
        << field << ": spoilt, not added";
  }
}

constexpr const char* kJson = "application/json";
constexpr const char* kOldest = "application/vnd.atlas.2023-01-01+json;charset=utf-8";

INSTANTIATE_TEST_SUITE_P(
    Sources, ListShapeTest,
    testing::Values(List{"Dedicated", Source::Dedicated, kV2, "dedicated", true, true,
                         "https://cloud.mongodb.com", 4, kOldest, false},
                    List{"DedicatedV1", Source::Dedicated, kV1, "dedicated", true, true,
                         "https://cloud.mongodb.com", 4, kJson, false},
                    List{"Flex", Source::Flex, kV2, "flex", true, true, "https://cloud.mongodb.com",
                         0, "application/vnd.atlas.2024-11-13+json;charset=utf-8", false},
                    List{"Collection", Source::Collection, kV2, "dedicated", true, false,
                         "https://cloud.mongodb.com", 0,
                         "application/vnd.atlas.2025-03-12+json;charset=utf-8", false},
                    List{"Serverless", Source::Serverless, kV2, "serverless", true, true,
                         "https://cloud.mongodb.com", 4, kOldest, true},
                    List{"ServerlessV1", Source::Serverless, kV1, "serverless", true, true,
                         "http://cloud.mongodb.com", 0, kJson, false},
                    List{"Tenant", Source::Tenant, kV2, "tenant", false, false,
                         "https://cloud.mongodb.com", 1, kOldest, true},
                    List{"TenantV1", Source::Tenant, kV1, "tenant", true, true, "", 0, kJson,
                         false}),
    [](const auto& list) { return std::string(list.param.name); });

TEST(ServedVersionTest, NewerResourcesAreUnknownToOlderDates) {
  StillAtlas flex(cluster_scenario("tier: flex"));
  ApiRequest request = get_request(jobs_of_prod_a(Source::Flex));
  EXPECT_EQ(flex.ask(request).status, 406) << request.accept;
  StillAtlas dedicated(cluster_scenario("tier: dedicated"));
  request = get_request(jobs_of_prod_a(Source::Collection));
  EXPECT_EQ(dedicated.ask(request).status, 406) << request.accept;
}

TEST(CollectionTest, ProgressRisesToATotalBeyondThirtyTwoBits) {
  StillAtlas still(
      cluster_scenario("jobs: [{at: 0s, takes: 100s, source: collection, count: 20}]"));
  std::vector<std::int64_t> before(20, 0);
  std::int64_t largest = 0;
  std::set<std::int64_t> counts_of_one;
  for (int step = 0; step < 12; ++step, still.atlas.advance(10s)) {
    const YAML::Node jobs = YAML::Load(still.get(jobs_of_prod_a(Source::Collection)).body);
    for (std::size_t i = 0; i < 20; ++i) {
      const YAML::Node job = jobs["results"][i];
      const auto restored = job["restoredDocuments"].as<std::int64_t>();
      const auto total = job["totalDocuments"].as<std::int64_t>();
      EXPECT_GE(restored, std::exchange(before[i], restored));
      EXPECT_LE(restored, total);
      EXPECT_TRUE(step < 11 || restored == total);
      largest = std::max(largest, total);
    }
    counts_of_one.insert(before[0]);
  }
  EXPECT_GT(largest, std::int64_t{1} << 32);
  EXPECT_GT(counts_of_one.size(), 5U) << "it moves within one state";
}

TEST(CollectionTest, SomeSuccessfulJobsArePartialAndTheTruthSaysSo) {
  StillAtlas still(cluster_scenario("jobs: [{at: -1h, takes: 1m, source: collection, count: 40}]"));
  std::map<std::string, bool> partial;
  const YAML::Node truth = YAML::Load(still.atlas.truth_json());
  for (const auto& job : truth["projects"][0]["clusters"][0]["jobs"]) {
    partial[job["id"].as<std::string>()] = job["partial"].as<bool>();
  }
  int count = 0;
  const YAML::Node jobs = YAML::Load(still.get(jobs_of_prod_a(Source::Collection)).body);
  for (const auto& job : jobs["results"]) {
    const bool shown = job["indexStatus"]["failedCollectionCount"].as<int>() > 0;
    EXPECT_EQ(shown, partial.at(job["id"].as<std::string>()));
    count += shown ? 1 : 0;
  }
  EXPECT_GT(count, 2);
  EXPECT_LT(count, 30);
}

TEST(ListTest, VanishedAndFutureJobsShiftThePages) {
  StillAtlas still(
      open_scenario("          - {at: -1h, takes: 30m, end: vanishes, count: 10, every: 2m}\n"
                    "          - {at: -1h, takes: 1m, count: 10, every: 2m}\n"
                    "          - {at: 1m, count: 3}\n"));
  const auto size_of = [&](const std::string& query) {
    return YAML::Load(still.get(kJobs, query).body)["results"].size();
  };
  const YAML::Node last = YAML::Load(still.get(kJobs, "itemsPerPage=10").body);
  EXPECT_EQ(last["totalCount"].as<int>(), 10);
  EXPECT_EQ(last["links"].size(), 1U) << "none to a next page, which would be empty";
  EXPECT_EQ(size_of(""), 10U);
  EXPECT_EQ(size_of("itemsPerPage=4&pageNum=3"), 2U);
  still.atlas.advance(1min);
  EXPECT_EQ(size_of(""), 13U);
  EXPECT_EQ(size_of("itemsPerPage=4&pageNum=4"), 1U);
}

}  // namespace
}  // namespace atlas_simulator
