#include "atlas/limit_reader.h"

#include <gtest/gtest.h>

#include <ostream>

namespace restorewatch {
namespace {

struct Row {
  std::string_view name;
  std::string results;  // elements of the array
  std::vector<SetLimit> limits{};
};

void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

std::string row(const std::string& endpoints, const std::string& capacity = "10",
                const std::string& refill = "5", const std::string& seconds = "30",
                const std::string& scope = "GROUP", const std::string& name = "Other") {
  return R"({"endpointSetName":")" + name + R"(","scope":")" + scope + R"(","endpoints":)" +
         endpoints + R"(,"capacity":{"value":)" + capacity + R"(},"refillRate":{"value":)" +
         refill + R"(},"refillDurationSeconds":{"value":)" + seconds + "}}";
}

const std::string kClustersPath = R"(["/api/atlas/v2/groups/{groupId}/clusters"])";
const std::string kBackupsPath =
    R"([{"path":"GET api/atlas/v2/groups/{g}/clusters/{c}/backup/restoreJobs","method":"GET"}])";
const std::vector<SetLimit> kClusters{{"clusters", {10, 10}}};
const std::vector<SetLimit> kBackups{{"cloud_backups", {10, 10}}};

class LimitRowsTest : public testing::TestWithParam<Row> {};

TEST_P(LimitRowsTest, AreReadOrPassedOver) {
  const auto limits = decode_limits(R"({"results":[)" + GetParam().results + "]}");
  ASSERT_TRUE(limits) << limits.error().detail;
  EXPECT_EQ(*limits, GetParam().limits);
}

INSTANTIATE_TEST_SUITE_P(
    Forms, LimitRowsTest,
    testing::Values(
        Row{"None", ""}, Row{"PathInText", row(kClustersPath), kClusters},
        Row{"PathInObjectWithOtherNames", row(kBackupsPath), kBackups},
        Row{"ByName", row("[]", "10", "5", "30", "GROUP", "Clusters"), kClusters},
        Row{"OddEndpointsByName", row("7", "10", "5", "30", "GROUP", "Cloud Backups"), kBackups},
        Row{"OtherPath", row(R"(["/api/atlas/v2/groups/{groupId}/alerts"])")},
        Row{"LongerPath", row(R"(["/api/atlas/v2/groups/{groupId}/clusters/x"])")},
        Row{"OddPaths", row(R"([null,7,{},{"path":null},"","{","}","/","api/",[[]]])")},
        Row{"OtherScope", row(kClustersPath, "10", "5", "30", "USER")},
        Row{"TheLeastOfTwo", row(kClustersPath, "10", "9") + "," + row(kClustersPath, "20", "5"),
            kClusters},
        Row{"OddOnesBesideAGoodOne", "null,7,[],{},\"x\"," + row(kClustersPath), kClusters},
        Row{"NoCapacity", row(kClustersPath, "0")}, Row{"Negative", row(kClustersPath, "-10")},
        Row{"Huge", row(kClustersPath, "1e300")}, Row{"NeverFills", row(kClustersPath, "10", "0")},
        Row{"InNoTime", row(kClustersPath, "10", "5", "0")},
        Row{"TextForNumber", row(kClustersPath, R"("10")")},
        Row{"NullForNumber", row(kClustersPath, "10", "null")},
        Row{"NoValues", R"({"scope":"GROUP","endpointSetName":"Clusters","capacity":10})"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(LimitsTest, WhatIsNoListIsMalformed) {
  for (const char* body : {"", "{", "[]", "null", "{}", R"({"results":{}})", R"({"results":[)"}) {
    const auto limits = decode_limits(body);
    ASSERT_FALSE(limits) << body;
    EXPECT_EQ(limits.error().kind, ErrorKind::Malformed) << body;
  }
}

}  // namespace
}  // namespace restorewatch
