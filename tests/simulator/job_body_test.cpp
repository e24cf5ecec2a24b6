#include "simulator/job_body.h"

#include <yaml-cpp/yaml.h>

#include <map>
#include <set>

#include <gtest/gtest.h>

#include "simulator/api_fixture.h"

namespace atlas_simulator {
namespace {

using namespace std::chrono_literals;

const VirtualTime kStart = *StillAtlas::start();

/// One job of a plan, as its JSON after a while. yaml-cpp reads JSON too, and it is no code of
/// ours.
struct Body {
  explicit Body(const std::string& job, bool sharded = false)
      : world(parse_scenario(open_scenario("          - " + job + "\n")), kStart) {
    cluster = world.projects().front().clusters.front();
    cluster.sharded = sharded;
  }

  std::string text(Millis after, std::size_t index = 0,
                   std::optional<BadField> spoil = std::nullopt) const {
    const Job& job = cluster.jobs(Source::Dedicated).all().at(index);
    return job_body({job, world.projects().front(), cluster, kStart + after}, spoil);
  }
  YAML::Node read(Millis after, std::size_t index = 0,
                  std::optional<BadField> spoil = std::nullopt) const {
    return YAML::Load(text(after, index, spoil));
  }

  World world;
  Cluster cluster;
};

TEST(JobBodyTest, FreshAutomatedJobHasNoEndAndExplicitNulls) {
  const YAML::Node job = Body("{takes: 1m, target_cluster: drill-1}").read(1s);
  for (const char* flag : {"cancelled", "expired", "failed"}) {
    EXPECT_FALSE(job[flag].as<bool>()) << flag;
  }
  EXPECT_FALSE(job["finishedAt"]);
  EXPECT_FALSE(job["expiresAt"]);
  EXPECT_EQ(job["deliveryType"].as<std::string>(), "automated");
  EXPECT_EQ(job["deliveryUrl"].size(), 0U);
  EXPECT_EQ(job["targetClusterName"].as<std::string>(), "drill-1");
  EXPECT_EQ(job["targetGroupId"].as<std::string>(), kProjectId);
  EXPECT_NE(job["targetDeploymentItemName"].as<std::string>(), "drill-1");
  for (const char* member : {"date", "time", "increment"}) {
    EXPECT_TRUE(job["desiredTimestamp"][member].IsNull()) << member;
  }
  EXPECT_EQ(job["links"].size(), 4U);
  EXPECT_FALSE(job["status"]);
}

TEST(JobBodyTest, CompletedJobSaysWhenInWholeSeconds) {
  const YAML::Node job = Body("{takes: 61500ms}").read(2min);
  EXPECT_EQ(job["finishedAt"].as<std::string>(), "2026-01-31T00:01:01Z");
}

TEST(JobBodyTest, ReadyDownloadHasItsSecretLinkAndNoEnd) {
  const Body body("{takes: 4m, end: expired, link_lives: 1h}");
  EXPECT_EQ(body.text(3min).find("SECRETLINK"), std::string::npos);
  const YAML::Node ready = body.read(5min);
  ASSERT_EQ(ready["deliveryUrl"].size(), 1U);
  const auto url = ready["deliveryUrl"][0].as<std::string>();
  EXPECT_EQ(url.find("https://"), 0U);
  EXPECT_NE(url.find("/SECRETLINK"), std::string::npos);
  EXPECT_EQ(ready["expiresAt"].as<std::string>(), "2026-01-31T01:04:00Z");
  EXPECT_FALSE(ready["finishedAt"]);
  EXPECT_FALSE(ready["targetClusterName"]);
}

TEST(JobBodyTest, ExpiredDownloadKeepsItsExpiryButNotItsLink) {
  const Body body("{takes: 4m, end: expired, link_lives: 1h}");
  const YAML::Node job = body.read(2h);
  EXPECT_TRUE(job["expired"].as<bool>());
  EXPECT_TRUE(job["expiresAt"]);
  EXPECT_EQ(body.text(2h).find("SECRETLINK"), std::string::npos);
}

TEST(JobBodyTest, DownloadThatNeverHadALinkHasNoExpiry) {
  const YAML::Node job = Body("{takes: 4m, end: expired, link_lives: 0s}").read(2h);
  EXPECT_TRUE(job["expired"].as<bool>());
  EXPECT_FALSE(job["expiresAt"]);
}

TEST(JobBodyTest, SomeFailedJobsSayWhenAndOthersDoNot) {
  const Body body("{takes: 1s, end: failed, count: 40}");
  int told = 0;
  for (std::size_t i = 0; i < 40; ++i) {
    const YAML::Node job = body.read(1min, i);
    EXPECT_TRUE(job["failed"].as<bool>());
    told += job["finishedAt"] ? 1 : 0;
  }
  EXPECT_GT(told, 5);
  EXPECT_LT(told, 35);
}

TEST(JobBodyTest, ShardedDownloadHasALinkPerShard) {
  const Body body("{takes: 4m, end: ready, count: 20}", true);
  std::set<std::size_t> beside;  // how many links are in the list beside the shards'
  for (std::size_t i = 0; i < 20; ++i) {
    const YAML::Node job = body.read(5min, i);
    ASSERT_EQ(job["components"].size(), 2U);
    EXPECT_NE(job["components"][1]["downloadUrl"].as<std::string>().find("SECRETLINK"),
              std::string::npos);
    beside.insert(job["deliveryUrl"].size());
  }
  EXPECT_EQ(beside, (std::set<std::size_t>{0, 1}));
  EXPECT_EQ(body.read(1min)["components"][0]["downloadUrl"].as<std::string>(), "");
}

TEST(JobBodyTest, SomeDownloadsHaveAPrivateLinkAndOfThoseSomeNoOther) {
  const Body body("{takes: 4m, end: ready, count: 60}");
  std::map<bool, int> listed;  // private links, by whether there is a public one too
  for (std::size_t i = 0; i < 60; ++i) {
    EXPECT_FALSE(body.read(1min, i)["privateDownloadDeliveryUrls"]);
    const YAML::Node job = body.read(5min, i);
    const YAML::Node links = job["privateDownloadDeliveryUrls"];
    EXPECT_TRUE(links || job["deliveryUrl"].size() == 1);
    if (!links) continue;
    ++listed[job["deliveryUrl"].size() == 1];
    EXPECT_NE(links[0]["deliveryUrl"].as<std::string>().find("SECRETLINK"), std::string::npos);
  }
  EXPECT_GT(listed[true], 0);
  EXPECT_GT(listed[false], 0);
}

TEST(JobBodyTest, PointInTimeJobNamesItsPointInOneOfTwoWays) {
  const Body body("{delivery: pointInTime, count: 20}");
  int by_oplog = 0;
  for (std::size_t i = 0; i < 20; ++i) {
    const YAML::Node job = body.read(1s, i);
    EXPECT_NE(job["oplogTs"].IsDefined(), job["pointInTimeUTCSeconds"].IsDefined());
    EXPECT_FALSE(job["snapshotId"]);
    by_oplog += job["oplogTs"] ? 1 : 0;
  }
  EXPECT_GT(by_oplog, 0);
  EXPECT_LT(by_oplog, 20);
}

TEST(JobBodyTest, OrderOfMembersDiffersBetweenJobsButNotBetweenAnswers) {
  const Body body("{takes: 1h, count: 10}");
  std::set<std::string> first_members;
  for (std::size_t i = 0; i < 10; ++i) {
    EXPECT_EQ(body.text(1s, i), body.text(2s, i));
    first_members.insert(body.read(1s, i).begin()->first.as<std::string>());
  }
  EXPECT_GT(first_members.size(), 1U);
}

TEST(JobBodyTest, SpoilsTheAskedMember) {
  const Body body("{takes: 1s}");
  EXPECT_EQ(body.read(1min, 0, BadField::Id)["id"].as<std::string>(), "1234567890");
  EXPECT_EQ(body.text(1min, 0, BadField::Id).find("\"1234567890\""), std::string::npos);
  EXPECT_EQ(body.read(1min, 0, BadField::Flag)["failed"].as<std::string>(), "perhaps");
  EXPECT_NE(body.read(1min, 0, BadField::Time)["finishedAt"].as<std::string>().find("tuesday"),
            std::string::npos);
}

}  // namespace
}  // namespace atlas_simulator
