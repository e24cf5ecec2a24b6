// What can go wrong between Atlas and the daemon: the target is marked down for the right reason,
// other targets go on, nothing is lost, and nothing secret gets out.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <ostream>

#include "end_to_end/stage.h"

namespace restorewatch {
namespace {

using std::chrono::seconds;

constexpr const char* kScenario = R"(
projects:
  - id: 5b69d0349b15c62cdfc38b78
    name: prod-payments
    clusters:
      - {name: broken, jobs: [{at: -1h, takes: 1m, end: completed}, {at: -2h, end: never}]}
      - {name: sound, jobs: [{at: -1h, takes: 1m, end: completed}]}
  - id: 5f1b3c2e8a7d4e0012345678
    name: prod-analytics
    clusters:
      - {name: warehouse, jobs: [{at: -1h, takes: 1m, end: completed}]}
)";

constexpr const char* kProjects = R"(
  - {id: 5b69d0349b15c62cdfc38b78, name: prod-payments, clusters: [{name: broken}, {name: sound}]}
  - {id: 5f1b3c2e8a7d4e0012345678, name: prod-analytics, clusters: [{name: warehouse}]})";

const std::vector<std::string> kBroken{"cluster_name=\"broken\""};
const std::vector<std::string> kWarehouse{"cluster_name=\"warehouse\""};
constexpr const char* kUp = "mongodbatlas_restore_target_up";

struct FaultCase {
  std::string_view name;
  std::string fault;           // YAML, without the cluster
  std::string reason;          // of restorewatch_poll_errors_total
  bool whole_project = false;  // the fault also keeps the project's other cluster waiting
};

void PrintTo(const FaultCase& row, std::ostream* out) {
  *out << row.name;
}

class Faults : public testing::TestWithParam<FaultCase> {};

TEST_P(Faults, MarkTheTargetDownAndLoseNothing) {
  Stage stage(Login::ServiceAccount, kScenario);
  stage.start_daemon({.projects = kProjects, .request_timeout = "1s"});
  ASSERT_TRUE(eventually([&] { return stage.shows(kUp, kBroken, 1); })) << stage.daemon().err();

  stage.control("POST", "/_sim/faults",
                fmt::format("{{cluster: broken, path: list, {}}}", GetParam().fault));
  const std::string reason = fmt::format("reason=\"{}\"", GetParam().reason);
  ASSERT_TRUE(eventually([&] {
    for (const auto& [labels, count] : stage.metric("restorewatch_poll_errors_total")) {
      if (count > 0 && labels.find(reason) != std::string::npos) return true;
    }
    return false;
  })) << stage.daemon().err();
  EXPECT_TRUE(eventually([&] { return stage.shows(kUp, kBroken, 0); }));
  EXPECT_TRUE(stage.shows(kUp, kWarehouse, 1));
  EXPECT_NE(stage.daemon().err().find("reason=" + GetParam().reason), std::string::npos);
  // What was known stays known.
  EXPECT_TRUE(stage.shows("mongodbatlas_restore_jobs",
                          {"cluster_name=\"broken\"", "state=\"completed\""}, 1));

  // Other targets go on meanwhile, and what happened to the broken one is seen once it is back.
  for (const char* const cluster : {"warehouse", "broken"}) {
    const char* const project =
        cluster[0] == 'w' ? "5f1b3c2e8a7d4e0012345678" : "5b69d0349b15c62cdfc38b78";
    stage.control("POST", "/_sim/jobs",
                  fmt::format("{{project: {}, cluster: {}, at: 0s, takes: 10ms, end: failed}}",
                              project, cluster));
  }
  const std::vector<std::string> failed{"kind=\"restore\"", "outcome=\"failed\""};
  const auto failed_of = [&](const std::string& cluster) {
    return stage.shows("mongodbatlas_restore_jobs_finished_total", {cluster, failed[0], failed[1]},
                       1);
  };
  EXPECT_TRUE(eventually([&] { return failed_of(kWarehouse[0]); }));
  stage.control("DELETE", "/_sim/faults");
  EXPECT_TRUE(eventually([&] { return stage.shows(kUp, kBroken, 1); }, seconds(40)))
      << stage.daemon().err();
  EXPECT_TRUE(eventually([&] { return failed_of(kBroken[0]); })) << stage.daemon().err();
  EXPECT_EQ(stage.events().size(), 2U);
  for (const char* secret : {"SECRETLINK", "SECRETTOKEN", "SECRETCLIENT", "SECRETBODY"}) {
    EXPECT_EQ(stage.all_outputs().find(secret), std::string::npos) << secret;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, Faults,
    testing::Values(
        FaultCase{"Forbidden",
                  "kind: status, status: 403, error_code: IP_ADDRESS_NOT_ON_ACCESS_LIST",
                  "forbidden"},
        FaultCase{"NotFound", "kind: status, status: 404, error_code: CLUSTER_NOT_FOUND",
                  "not_found"},
        FaultCase{"Gone", "kind: status, status: 410, error_code: VERSION_GONE", "gone"},
        FaultCase{"ThrottledWithRetryAfter",
                  "kind: status, status: 429, error_code: RATE_LIMITED, retry_after: 2",
                  "throttled", true},
        FaultCase{"ThrottledWithoutRetryAfter",
                  "kind: status, status: 429, error_code: RATE_LIMITED, count: 1", "throttled",
                  true},
        FaultCase{"ServerError", "kind: status, status: 500, body: SECRETBODY", "other"},
        FaultCase{"NotJson", "kind: not_json", "malformed"},
        FaultCase{"TruncatedJson", "kind: truncate, length: cut", "malformed"},
        FaultCase{"CutConnection", "kind: truncate, length: whole", "malformed"},
        FaultCase{"HugeBody", "kind: huge, megabytes: 200", "malformed"},
        FaultCase{"GzipBomb", "kind: gzip_bomb, megabytes: 200", "malformed"},
        FaultCase{"Stalled", "kind: stall", "timeout"},
        FaultCase{"Dripping", "kind: drip, pause: 20ms", "timeout"},
        FaultCase{"Reset", "kind: reset", "unreachable"},
        FaultCase{"Redirected", "kind: redirect, host: 'https://127.0.0.1:1'", "other"}),
    [](const auto& test) { return std::string(test.param.name); });

class Logins : public testing::TestWithParam<Login> {};

TEST_P(Logins, AWrongSecretIsUnauthorized) {
  Stage stage(GetParam(), kScenario);
  stage.start_daemon({.projects = kProjects, .secret = "SECRETWRONG"});
  EXPECT_TRUE(eventually([&] { return stage.shows(kUp, kBroken, 0); }));
  EXPECT_TRUE(eventually([&] { return stage.shows("restorewatch_credential_up", {}, 0); }));
  EXPECT_NE(stage.daemon().err().find("reason=unauthorized"), std::string::npos);
  EXPECT_EQ(stage.all_outputs().find("SECRETWRONG"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Kinds, Logins, testing::Values(Login::Digest, Login::ServiceAccount),
                         [](const auto& test) {
                           return test.param == Login::Digest ? "Digest" : "ServiceAccount";
                         });

TEST(Tls, ANameThatTheCertificateDoesNotHaveIsUnreachable) {
  Stage stage(Login::Digest, kScenario);
  stage.start_daemon({.projects = kProjects, .host = "localhost"});
  EXPECT_TRUE(eventually([&] { return stage.shows(kUp, kBroken, 0); }));
  EXPECT_NE(stage.daemon().err().find("reason=unreachable"), std::string::npos)
      << stage.daemon().err();
}

TEST(BadJob, OneUnreadableJobHidesNoOther) {
  Stage stage(Login::Digest, kScenario);
  stage.control("POST", "/_sim/faults",
                "{cluster: broken, path: list, kind: bad_job, field: time}");
  stage.start_daemon({.projects = kProjects});
  EXPECT_TRUE(eventually([&] { return stage.shows(kUp, kBroken, 1); })) << stage.daemon().err();
  EXPECT_TRUE(stage.shows("mongodbatlas_restore_jobs",
                          {"cluster_name=\"broken\"", "state=\"in_progress\""}, 1) ||
              stage.shows("mongodbatlas_restore_jobs",
                          {"cluster_name=\"broken\"", "state=\"completed\""}, 1));
  EXPECT_TRUE(stage.shows("restorewatch_anomalies_total", {"kind=\"unreadable_job\""}, 1));
  EXPECT_NE(stage.daemon().err().find("kind=unreadable_job"), std::string::npos);
}

}  // namespace
}  // namespace restorewatch
