#include <yaml-cpp/yaml.h>

#include <gtest/gtest.h>

#include "simulator/api_fixture.h"

namespace atlas_simulator {
namespace {

const std::string kOneJob = open_scenario("          - {at: -1h, takes: 1m}\n");

/// The path of the only job.
std::string job_path(StillAtlas& still) {
  return kJobs + '/' + YAML::Load(still.get(kJobs).body)["results"][0]["id"].as<std::string>();
}

TEST(EnvelopeTest, AListGetsAStatusBesideItsRows) {
  StillAtlas still(kOneJob);
  const YAML::Node body = YAML::Load(still.get(kJobs, "envelope=true").body);
  EXPECT_EQ(body["status"].as<int>(), 200);
  EXPECT_EQ(body["results"].size(), 1U);
  EXPECT_FALSE(body["content"]);
}

TEST(EnvelopeTest, OneThingBecomesTheContent) {
  StillAtlas still(kOneJob);
  const std::string project = std::string(kGroups).append("/").append(kProjectId);
  for (const auto& path : {job_path(still), project}) {
    const YAML::Node body = YAML::Load(still.get(path, "envelope=true").body);
    EXPECT_EQ(body["status"].as<int>(), 200);
    EXPECT_TRUE(body["content"]["id"]) << path;
  }
}

TEST(EnvelopeTest, AnErrorHidesBehindAStatusOf200) {
  StillAtlas still(kOneJob);
  const Answer answer = still.get(kJobs + "/000000000000000000000000", "envelope=true");
  EXPECT_EQ(answer.status, 200);
  const YAML::Node body = YAML::Load(answer.body);
  EXPECT_EQ(body["status"].as<int>(), 404);
  EXPECT_EQ(body["content"]["errorCode"].as<std::string>(), "RESTORE_JOB_NOT_FOUND");
}

TEST(EnvelopeTest, AFaultWrapsWhatNobodyAskedToWrap) {
  StillAtlas still(kOneJob);
  const std::string job = job_path(still);
  still.atlas.add_fault(parse_faults("{kind: envelope, count: 3}").front());
  EXPECT_EQ(YAML::Load(still.get(kJobs).body)["status"].as<int>(), 200);
  EXPECT_TRUE(YAML::Load(still.get(job).body)["content"]["id"]);
  EXPECT_EQ(YAML::Load(still.get(kJobs + "/000000000000000000000000").body)["status"].as<int>(),
            404);
  EXPECT_FALSE(YAML::Load(still.get(kJobs).body)["status"]) << "used up";
}

TEST(EnvelopeTest, AFaultMayWrapAnErrorOfItsOwn) {
  StillAtlas still(kOneJob);
  still.atlas.add_fault(parse_faults("{kind: envelope, status: 503}").front());
  const Answer answer = still.get(kJobs);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(YAML::Load(answer.body)["status"].as<int>(), 503);
  EXPECT_EQ(YAML::Load(answer.body)["content"]["errorCode"].as<std::string>(),
            "SERVICE_UNAVAILABLE");
}

TEST(EnvelopeTest, AWordThatIsNeitherTrueNorFalseIsRefused) {
  StillAtlas still(kOneJob);
  EXPECT_EQ(still.get(kGroups, "envelope=yes").status, 400);
}

}  // namespace
}  // namespace atlas_simulator
