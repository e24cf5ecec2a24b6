#include <set>

#include <yaml-cpp/yaml.h>

#include <gtest/gtest.h>

#include "simulator/api_fixture.h"

namespace atlas_simulator {
namespace {

using namespace std::chrono_literals;

const std::string kTenJobs = "          - {at: -1h, takes: 1m, count: 10, every: 1m}\n";

YAML::Node body_of(const Answer& answer) {
  return YAML::Load(answer.body);
}

std::vector<std::string> ids_of(const Answer& answer) {
  std::vector<std::string> ids;
  for (const auto& job : body_of(answer)["results"]) ids.push_back(job["id"].as<std::string>());
  return ids;
}

std::string link_of(const Answer& answer, const std::string& rel) {
  for (const auto& link : body_of(answer)["links"]) {
    if (link["rel"].as<std::string>() == rel) return link["href"].as<std::string>();
  }
  return {};
}

/// The truth about the only job of the only cluster.
YAML::Node truth_of_job(const StillAtlas& still) {
  const YAML::Node truth = YAML::Load(still.atlas.truth_json());
  return truth["projects"][0]["clusters"][0]["jobs"][0];
}

std::vector<std::string> shown(const StillAtlas& still) {
  return truth_of_job(still)["shown"].as<std::vector<std::string>>();
}

using Words = std::vector<std::string>;

TEST(ListTest, PagesNewestFirstWithLinksAndACount) {
  StillAtlas still(open_scenario(kTenJobs));
  std::vector<std::string> all;
  for (int page = 1; page <= 3; ++page) {
    const Answer answer =
        still.ask(get_request(kJobs, "itemsPerPage=4&pageNum=" + std::to_string(page)));
    for (const auto& id : ids_of(answer)) all.push_back(id);
    EXPECT_EQ(body_of(answer)["totalCount"].as<int>(), 10);
    EXPECT_EQ(link_of(answer, "next").empty(), page == 3);
    EXPECT_EQ(link_of(answer, "previous").empty(), page == 1);
    EXPECT_FALSE(link_of(answer, "self").empty());
  }
  EXPECT_EQ(all.size(), 10U);
  EXPECT_TRUE(std::is_sorted(all.rbegin(), all.rend())) << "ids begin with the time";
  EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), 10U);
  EXPECT_TRUE(ids_of(still.ask(get_request(kJobs, "pageNum=9"))).empty());
}

TEST(ListTest, DropsTheCountWhenAsked) {
  StillAtlas still(open_scenario(kTenJobs));
  EXPECT_FALSE(body_of(still.ask(get_request(kJobs, "includeCount=false")))["totalCount"]);
}

TEST(ListTest, NextLinksLeadElsewhereWhenAsked) {
  StillAtlas still("foreign_links: true\n" + open_scenario(kTenJobs));
  const Answer answer = still.ask(get_request(kJobs, "itemsPerPage=4"));
  EXPECT_EQ(link_of(answer, "next").find("http://elsewhere.example/"), 0U);
  EXPECT_EQ(link_of(answer, "self").find("https://cloud.mongodb.com/"), 0U);
}

TEST(GetTest, ShowsOneJobAsTheListDoes) {
  StillAtlas still(open_scenario(kTenJobs));
  const std::string id = ids_of(still.ask(get_request(kJobs))).at(3);
  const Answer answer = still.ask(get_request(kJobs + '/' + id));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(body_of(answer)["id"].as<std::string>(), id);
  EXPECT_TRUE(body_of(answer)["finishedAt"]);
}

TEST(ServedVersionTest, TheNewestNotLaterThanTheOneAskedForIsServed) {
  StillAtlas still(open_scenario(kTenJobs));
  EXPECT_EQ(still.ask(get_request(kGroups + '/' + kProjectId + "/clusters")).content_type,
            "application/vnd.atlas.2023-02-01+json;charset=utf-8");
}

struct Refused {
  const char* name;
  std::string path, query;
  int status;
  const char* code;
};

class RefusedTest : public testing::TestWithParam<Refused> {};

TEST_P(RefusedTest, HasTheDocumentedStatusAndCode) {
  StillAtlas still(open_scenario(kTenJobs));
  const Answer answer = still.ask(get_request(GetParam().path, GetParam().query));
  EXPECT_EQ(answer.status, GetParam().status);
  EXPECT_EQ(header(answer, "X-Error-Code"), GetParam().code);
  EXPECT_EQ(answer.content_type, "application/json");
  EXPECT_EQ(body_of(answer)["error"].as<int>(), GetParam().status);
  EXPECT_EQ(body_of(answer)["errorCode"].as<std::string>(), GetParam().code);
}

INSTANTIATE_TEST_SUITE_P(
    Reasons, RefusedTest,
    testing::Values(
        Refused{"NoSuchProject", kGroups + "/000000000000000000000000/clusters", "", 404,
                "GROUP_NOT_FOUND"},
        Refused{"NoSuchCluster", kGroups + '/' + kProjectId + "/clusters/prod-A/backup/restoreJobs",
                "", 404, "CLUSTER_NOT_FOUND"},
        Refused{"NoSuchJob", kJobs + "/000000000000000000000000", "", 404, "RESTORE_JOB_NOT_FOUND"},
        Refused{"NoSuchPath", "/api/atlas/v2/orgs", "", 404, "RESOURCE_NOT_FOUND"},
        Refused{"BadProjectId", kGroups + "/payments/clusters", "", 400, "INVALID_ATTRIBUTE"},
        Refused{"BadJobId", kJobs + "/0123", "", 400, "INVALID_ATTRIBUTE"},
        Refused{"BadClusterName", kGroups + '/' + kProjectId + "/clusters/-a/backup/restoreJobs",
                "", 400, "INVALID_ATTRIBUTE"},
        Refused{"NoRows", kJobs, "itemsPerPage=0", 400, "VALIDATION_ERROR"},
        Refused{"TooManyRows", kJobs, "itemsPerPage=501", 400, "VALIDATION_ERROR"},
        Refused{"PageZero", kJobs, "pageNum=0", 400, "VALIDATION_ERROR"},
        Refused{"PageWord", kJobs, "pageNum=two", 400, "VALIDATION_ERROR"},
        Refused{"CountWord", kJobs, "includeCount=no", 400, "VALIDATION_ERROR"}),
    [](const auto& refused) { return std::string(refused.param.name); });

struct Version {
  const char* name;
  const char* accept;
  int status;
};

class VersionTest : public testing::TestWithParam<Version> {};

TEST_P(VersionTest, IsCheckedAndNamed) {
  StillAtlas still(open_scenario(kTenJobs));
  ApiRequest request = get_request(kJobs);
  request.accept = GetParam().accept;
  const Answer answer = still.ask(request);
  EXPECT_EQ(answer.status, GetParam().status);
  if (answer.status == 200) {
    EXPECT_EQ(answer.content_type, "application/vnd.atlas.2023-01-01+json;charset=utf-8");
  } else {
    EXPECT_EQ(header(answer, "X-Error-Code"), "INVALID_VERSION_DATE");
  }
}

INSTANTIATE_TEST_SUITE_P(
    Headers, VersionTest,
    testing::Values(Version{"First", "application/vnd.atlas.2023-01-01+json", 200},
                    Version{"Later", "application/vnd.atlas.2025-03-12+json", 200},
                    Version{"Earlier", "application/vnd.atlas.2022-12-31+json", 406},
                    Version{"NoDate", "application/vnd.atlas.2023-13-01+json", 406},
                    Version{"Plain", "application/json", 406}, Version{"Any", "*/*", 406},
                    Version{"Missing", "", 406},
                    Version{"Csv", "application/vnd.atlas.2023-01-01+csv", 406}),
    [](const auto& version) { return std::string(version.param.name); });

TEST(MethodTest, AnythingButReadingIsRefusedAndCounted) {
  StillAtlas still(open_scenario(kTenJobs));
  for (const char* method : {"POST", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
    ApiRequest request = get_request(kJobs);
    request.method = method;
    EXPECT_EQ(still.ask(request).status, 405) << method;
    EXPECT_EQ(still.atlas.counts().matching(method, RequestKind::List, 405), 1) << method;
  }
  ApiRequest revoke = get_request("/api/oauth/revoke");
  revoke.method = "POST";
  EXPECT_EQ(still.ask(revoke).status, 405);
  EXPECT_EQ(still.atlas.counts().matching("POST"), 2);
}

TEST(RateTest, TellsWhatIsLeftThenRefusesUntilRefilled) {
  StillAtlas still("rate_limit: {capacity: 2, refill: 1, per: 10s}\n" + open_scenario(kTenJobs));
  EXPECT_EQ(header(still.ask(get_request(kJobs)), "RateLimit-Limit"), "2");
  EXPECT_EQ(header(still.ask(get_request(kJobs)), "RateLimit-Remaining"), "0");
  const Answer refused = still.ask(get_request(kJobs));
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(header(refused, "Retry-After"), "10");
  EXPECT_EQ(header(refused, "RateLimit-Remaining"), "0");
  EXPECT_EQ(body_of(refused)["errorCode"].as<std::string>(), "RATE_LIMITED_TOKEN_BUCKET");
  EXPECT_EQ(body_of(refused)["parameters"].as<Words>(),
            (Words{kJobs.substr(1), "10", "2", "1", "10"}));
  still.atlas.advance(9s);
  EXPECT_EQ(still.ask(get_request(kJobs)).status, 429);
  still.atlas.advance(1s);
  EXPECT_EQ(still.ask(get_request(kJobs)).status, 200);
  EXPECT_EQ(still.atlas.counts().rate_limited, 2);
  EXPECT_EQ(still.atlas.counts().impatient, 1) << "the one after nine seconds";
}

TEST(RateTest, HasTheDocumentedDefaults) {
  StillAtlas still(open_scenario(kTenJobs));
  const Answer answer = still.ask(get_request(kJobs));
  EXPECT_EQ(header(answer, "RateLimit-Limit"), "1200");
  EXPECT_EQ(header(answer, "RateLimit-Remaining"), "1199");
}

TEST(TruthTest, TellsWhatIsAndWhatWasShown) {
  StillAtlas still(
      open_scenario("          - {at: 10s, takes: 4m, end: expired, link_lives: 1h}\n"));
  still.ask(get_request(kJobs));
  EXPECT_FALSE(truth_of_job(still)) << "not there yet";
  still.atlas.advance(20s);
  EXPECT_EQ(shown(still), Words{}) << "there, but nobody looked";
  still.ask(get_request(kJobs));
  still.ask(get_request(kJobs));
  still.atlas.advance(5min);
  still.ask(get_request(kJobs + '/' + truth_of_job(still)["id"].as<std::string>()));
  EXPECT_EQ(truth_of_job(still)["outcome"].as<std::string>(), "completed");
  still.atlas.advance(2h);
  EXPECT_EQ(shown(still), (Words{"in_progress", "ready"}));
  EXPECT_EQ(truth_of_job(still)["state"].as<std::string>(), "expired");
  still.ask(get_request(kJobs));
  EXPECT_EQ(shown(still), (Words{"in_progress", "ready", "expired"}));
  const YAML::Node cluster = YAML::Load(still.atlas.truth_json())["projects"][0]["clusters"][0];
  EXPECT_EQ(cluster["list_requests"].as<int>(), 4);
  EXPECT_EQ(cluster["get_requests"].as<int>(), 1);
}

TEST(TruthTest, AJobThatVanishedIsGoneFromAnswersButNotFromTheTruth) {
  StillAtlas still(open_scenario("          - {at: 0s, takes: 1s, end: vanishes}\n"));
  const std::string id = ids_of(still.ask(get_request(kJobs))).at(0);
  still.atlas.advance(2s);
  EXPECT_TRUE(ids_of(still.ask(get_request(kJobs))).empty());
  EXPECT_EQ(still.ask(get_request(kJobs + '/' + id)).status, 404);
  const YAML::Node job = truth_of_job(still);
  EXPECT_TRUE(job["vanished"].as<bool>());
  EXPECT_EQ(job["state"].as<std::string>(), "in_progress");
  EXPECT_TRUE(job["outcome"].IsNull());
  EXPECT_EQ(YAML::Load(still.atlas.truth_json())["totals"]["vanished"].as<int>(), 1);
}

TEST(TruthTest, SpoiltAndCutAnswersShowNothing) {
  StillAtlas still(open_scenario("          - {at: 0s, end: never}\n"));
  for (const char* fault : {"{kind: bad_job, count: 1}", "{kind: truncate, count: 1}",
                            "{kind: status, count: 1}", "{kind: drip, pause: 0s, count: 1}"}) {
    still.atlas.add_fault(parse_faults(fault).front());
    still.ask(get_request(kJobs));
    EXPECT_EQ(shown(still), Words{}) << fault;
  }
  still.ask(get_request(kJobs));
  EXPECT_EQ(shown(still), Words{"in_progress"});
}

TEST(TruthTest, APageWithABadJobShowsTheOthers) {
  StillAtlas still(open_scenario(kTenJobs));
  still.atlas.add_fault(parse_faults("{kind: bad_job, count: 1}").front());
  still.ask(get_request(kJobs));
  int shown_jobs = 0;
  const YAML::Node truth = YAML::Load(still.atlas.truth_json());
  for (const auto& job : truth["projects"][0]["clusters"][0]["jobs"]) {
    shown_jobs += job["shown"].size() == 1 ? 1 : 0;
  }
  EXPECT_EQ(shown_jobs, 9);
}

struct Matcher {
  const char* name;
  const char* keys;
  int list_status, get_status, projects_status;
};

class MatcherTest : public testing::TestWithParam<Matcher> {};

TEST_P(MatcherTest, MeetsOnlyTheRequestsItNames) {
  StillAtlas still(open_scenario(kTenJobs));
  const std::string job = kJobs + '/' + ids_of(still.ask(get_request(kJobs))).at(0);
  still.atlas.add_fault(
      parse_faults("{kind: status, status: 503, " + std::string(GetParam().keys) + "}").front());
  EXPECT_EQ(still.ask(get_request(kJobs)).status, GetParam().list_status);
  EXPECT_EQ(still.ask(get_request(job)).status, GetParam().get_status);
  EXPECT_EQ(still.ask(get_request(kGroups)).status, GetParam().projects_status);
  still.atlas.clear_faults();
  EXPECT_EQ(still.ask(get_request(kJobs)).status, 200);
}

INSTANTIATE_TEST_SUITE_P(
    Faults, MatcherTest,
    testing::Values(Matcher{"All", "retry_after: 1", 503, 503, 503},
                    Matcher{"Path", "path: get", 200, 503, 200},
                    Matcher{"ProjectName", "project: prod-payments", 503, 503, 200},
                    Matcher{"ProjectId", "project: 5b69d0349b15c62cdfc38b78", 503, 503, 200},
                    Matcher{"OtherProject", "project: other", 200, 200, 200},
                    Matcher{"Cluster", "cluster: prod-a", 503, 503, 200},
                    Matcher{"OtherCluster", "cluster: prod-b", 200, 200, 200},
                    Matcher{"Count", "count: 2", 503, 503, 200},
                    Matcher{"Later", "from: 1s", 200, 200, 200},
                    Matcher{"Over", "until: 0s", 200, 200, 200}),
    [](const auto& matcher) { return std::string(matcher.param.name); });

TEST(FaultTest, OffsetsCountFromWhenItIsGiven) {
  StillAtlas still(open_scenario(kTenJobs));
  still.atlas.advance(1h);
  still.atlas.add_fault(parse_faults("{kind: status, from: 10s, until: 20s}").front());
  EXPECT_EQ(still.ask(get_request(kJobs)).status, 200);
  still.atlas.advance(10s);
  EXPECT_EQ(still.ask(get_request(kJobs)).status, 500);
  still.atlas.advance(10s);
  EXPECT_EQ(still.ask(get_request(kJobs)).status, 200);
}

TEST(FaultTest, AStatusMayHaveItsOwnCodeAndBodyAndWait) {
  StillAtlas still(open_scenario(kTenJobs));
  still.atlas.add_fault(
      parse_faults("{kind: status, status: 429, retry_after: soon, error_code: ODD, count: 1}")
          .front());
  const Answer odd = still.ask(get_request(kJobs));
  EXPECT_EQ(odd.status, 429);
  EXPECT_EQ(header(odd, "Retry-After"), "soon");
  EXPECT_EQ(body_of(odd)["errorCode"].as<std::string>(), "ODD");
  still.atlas.add_fault(parse_faults("{kind: status, status: 410, body: gone}").front());
  EXPECT_EQ(still.ask(get_request(kJobs)).body, "gone");
}

TEST(FaultTest, AClientThatLeavesDuringADelayWasShownNothing) {
  StillAtlas still(open_scenario("          - {at: 0s, end: never}\n"));
  still.atlas.add_fault(parse_faults("{kind: delay, pause: 1m}").front());
  Millis asked{0};
  const auto leave = [&](Millis pause) {
    asked = pause;
    return false;
  };
  EXPECT_EQ(still.atlas.reply(get_request(kJobs), leave).answer.status, 0);
  EXPECT_EQ(asked, 1min);
  EXPECT_EQ(shown(still), Words{});
  EXPECT_EQ(still.ask(get_request(kJobs)).status, 200);
  EXPECT_EQ(shown(still), Words{"in_progress"});
}

}  // namespace
}  // namespace atlas_simulator
