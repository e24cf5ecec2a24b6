#include "simulator/scenario.h"

#include <gtest/gtest.h>

#include "simulator/api_fixture.h"
#include "simulator/time_text.h"
#include "simulator/words.h"

namespace atlas_simulator {
namespace {

using namespace std::chrono_literals;

std::string error_of(const std::string& text) {
  try {
    parse_scenario(text);
    return "accepted";
  } catch (const ScenarioError& error) {
    return error.what();
  }
}

struct Refusal {
  const char* name;
  const char* text;
  const char* error;  // its beginning
};

class RefusalTest : public testing::TestWithParam<Refusal> {};

TEST_P(RefusalTest, NamesThePlaceAndTheReason) {
  const std::string error = error_of(GetParam().text);
  EXPECT_EQ(error.substr(0, std::string(GetParam().error).size()), GetParam().error) << error;
}

INSTANTIATE_TEST_SUITE_P(
    Scenario, RefusalTest,
    testing::Values(
        Refusal{"NotAMapping", "- 1", "1:1: a scenario must be a mapping"},
        Refusal{"Broken", "seed: 1\n  x: [", "2:4: "},
        Refusal{"UnknownKey", "seed: 1\nsped: 2", "2:1: a scenario has no key 'sped'"},
        Refusal{"RepeatedKey", "seed: 1\nseed: 2", "2:1: a scenario has 'seed' twice"},
        Refusal{"BadNumber", "seed: 1x", "1:7: 'seed' of a scenario must be a whole number"},
        Refusal{"BadFactor", "time_factor: -1", "1:14: 'time_factor' of a scenario must be"},
        Refusal{"BadStart", "start: yesterday", "1:8: 'start' of a scenario must be 'now'"},
        Refusal{"BadDenied", "denied: 404", "1:9: 'denied' of a scenario '404' is not one"},
        Refusal{"BadProject", "projects:\n  - id: x", "2:9: 'id' of a project must be 24"},
        Refusal{"MissingId", "projects:\n  - name: x", "2:5: 'id' of a project is needed"},
        Refusal{"NobodysCredential",
                "projects:\n  - id: 5b69d0349b15c62cdfc38b78\n    credentials: [a]",
                "3:19: no such credential"},
        Refusal{"ForeignCredential",
                "credentials:\n  - {name: a, client_id: b, client_secret: c}\nprojects:\n"
                "  - id: 5b69d0349b15c62cdfc38b78\n    org: 6b1b2f8f1a3023d665191bed\n"
                "    credentials: [a]",
                "6:19: the credential is of another organization"},
        Refusal{"BadRole",
                "credentials:\n  - {name: a, client_id: b, client_secret: c}\nprojects:\n"
                "  - id: 5b69d0349b15c62cdfc38b78\n    roles: {a: king}",
                "5:16: must be read_only, backup_manager or owner"},
        Refusal{"BadOrganization", "credentials: [{name: a, org: x, client_id: b}]",
                "1:30: 'org' of a credential must be 24"},
        Refusal{"BadRetired", "retired: perhaps", "1:10: 'retired' of a scenario 'perhaps' is not"},
        Refusal{"BadSet", "rate_limits: {moons: {capacity: 1}}",
                "1:15: 'rate_limits' has no key 'moons'"},
        Refusal{"EarlyEvent", "events: [{at: -1s, project: p, do: rename, name: x}]",
                "1:15: 'at' of an event must not be negative"},
        Refusal{"VerbOfClusters", "events: [{project: p, do: pause}]",
                "1:27: 'do' of an event 'pause' is not"},
        Refusal{"NewProjectWithoutId", "events: [{project: p, do: create}]",
                "1:20: 'project' of an event must be 24"},
        Refusal{"EventKey", "events: [{project: p, cluster: c, do: pause, tier: flex}]",
                "1:46: an event has no key 'tier'"},
        Refusal{"MissingKeyHalf", "credentials:\n  - {name: a, public_key: b}",
                "2:5: 'private_key' of a credential is needed"},
        Refusal{"BadPeriod", "rate_limit: {per: 0s}", "1:19: 'per' of 'rate_limit' must be"},
        Refusal{"BadFault", "faults: [{kind: rain}]", "1:17: 'kind' of a fault 'rain' is not"},
        Refusal{"ForeignFaultKey", "faults: [{kind: reset, host: x}]",
                "1:24: a fault has no key 'host'"},
        Refusal{"FaultWithoutPause", "faults: [{kind: delay}]",
                "1:10: 'pause' of a fault is needed"}),
    [](const auto& refusal) { return std::string(refusal.param.name); });

JobPlan job_of(const std::string& keys) {
  return parse_added_job("{project: p, cluster: c, " + keys + "}").plan;
}

TEST(ScenarioTest, ReadsDurationsAndRanges) {
  const JobPlan plan = job_of("at: -3d, takes: 250ms..4m, link_lives: 1h");
  EXPECT_EQ(plan.at, -72h);
  EXPECT_EQ(plan.takes.least, 250ms);
  EXPECT_EQ(plan.takes.most, 4min);
  EXPECT_EQ(plan.link_lives, 1h);
}

TEST(ScenarioTest, RefusesBadJobs) {
  for (const char* keys : {"takes: 4s..2s", "takes: -1s", "takes: 3", "end: maybe", "count: 0",
                           "end: ready, delivery: automated", "link_lives: -1s", "at: 99999999d"}) {
    EXPECT_THROW(job_of(keys), ScenarioError) << keys;
  }
}

TEST(ScenarioTest, DownloadsAreTheUsualDeliveryWhereOnlyTheyEndSo) {
  EXPECT_EQ(usual_delivery(Source::Dedicated, End::Cancelled), Delivery::Download);
  EXPECT_EQ(usual_delivery(Source::Dedicated, End::Expired), Delivery::Download);
  EXPECT_EQ(usual_delivery(Source::Dedicated, End::Completed), Delivery::Automated);
  EXPECT_EQ(usual_delivery(Source::Serverless, End::Cancelled), Delivery::Automated);
  EXPECT_EQ(usual_delivery(Source::Collection, End::Cancelled), Delivery::Automated);
}

TEST(ScenarioTest, ReadsFaultsAsJsonOneOrMany) {
  const auto one = parse_faults(R"({"kind": "status", "status": 503, "retry_after": "7"})");
  ASSERT_EQ(one.size(), 1U);
  EXPECT_EQ(one[0].status, 503);
  EXPECT_EQ(one[0].retry_after, "7");
  const auto two = parse_faults("[{kind: reset, path: list, count: 3}, {kind: not_json}]");
  ASSERT_EQ(two.size(), 2U);
  EXPECT_EQ(two[0].path, RequestKind::List);
  EXPECT_EQ(two[0].count, 3);
}

TEST(ScenarioTest, TheExampleInTheReadmeIsAcceptedAndItsEventsCanHappen) {
  const std::string text = repository_file("tests/simulator/README.md");
  const auto begin = text.find("```yaml\n");
  ASSERT_NE(begin, std::string::npos);
  const auto end = text.find("```", begin + 8);
  const std::string example = text.substr(begin + 8, end - begin - 8);
  ASSERT_EQ(error_of(example), "accepted");
  EXPECT_NO_THROW(World(parse_scenario(example), *StillAtlas::start()));
}

/// Every word of a table is in the README, so that what can be said is said there.
template <typename Table>
void expect_in_readme(const Table& words) {
  const std::string text = repository_file("tests/simulator/README.md");
  for (const auto& [word, value] : words) {
    EXPECT_NE(text.find(word), std::string::npos) << word;
  }
}

TEST(ScenarioTest, TheReadmeHasEveryWord) {
  expect_in_readme(kTierWords);
  expect_in_readme(kSourceWords);
  expect_in_readme(kRoleWords);
  expect_in_readme(kRetiredWords);
  expect_in_readme(kClusterVerbWords);
  expect_in_readme(kProjectVerbWords);
  expect_in_readme(kEndWords);
  expect_in_readme(kFaultWords);
  for (const auto set : endpoint_sets()) {
    expect_in_readme(Words<int, 1>{{{set, 0}}});
  }
}

TEST(TimeTextTest, ReadsBackWhatItPrints) {
  for (const char* text :
       {"1970-01-01T00:00:00Z", "2024-02-29T23:59:59Z", "2106-02-07T06:28:15Z"}) {
    const auto time = parse_iso(text);
    ASSERT_TRUE(time) << text;
    EXPECT_EQ(iso_text(*time), text);
  }
}

TEST(TimeTextTest, RefusesWhatIsNoTime) {
  for (const char* text : {"", "2023-02-29T00:00:00Z", "2023-01-01T24:00:00Z",
                           "2023-01-01T00:00:00", "2023-01-01 00:00:00Z", "2023-0a-01T00:00:00Z"}) {
    EXPECT_FALSE(parse_iso(text)) << text;
  }
}

}  // namespace
}  // namespace atlas_simulator
