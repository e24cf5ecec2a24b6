// The whole chain: fake Atlas (TLS) -> daemon -> Prometheus, compared with what was really so.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <map>

#include "end_to_end/stage.h"
#include "end_to_end/truth.h"

namespace restorewatch {
namespace {

using std::chrono::seconds;

constexpr const char* kPayments = "5b69d0349b15c62cdfc38b78";
constexpr const char* kAnalytics = "5f1b3c2e8a7d4e0012345678";

/// What was there before the daemon.
constexpr const char* kHistory = R"(
projects:
  - id: 5b69d0349b15c62cdfc38b78
    name: prod-payments
    clusters:
      - name: prod-a
        jobs:
          - {at: -30d, takes: 4m..9m, end: completed, count: 20, every: 1d}
          - {at: -20d, takes: 4m..9m, end: failed, count: 5, every: 1d}
          - {at: -3d, takes: 4m, end: expired, link_lives: 1h, count: 5, every: 2h}
      - name: prod-b
        sharded: true
        jobs:
          - {at: -10d, takes: 4m, end: cancelled, count: 5, every: 1d}
          - {at: -4d, takes: 4m, end: expired, link_lives: 0s, count: 3, every: 1d}
  - id: 5f1b3c2e8a7d4e0012345678
    name: prod-analytics
    clusters:
      - name: warehouse
        jobs:
          - {at: -15d, takes: 20m..50m, delivery: pointInTime, end: completed, count: 5, every: 1d}
)";

constexpr const char* kProjects = R"(
  - {id: 5b69d0349b15c62cdfc38b78, name: prod-payments, clusters: [{name: prod-a}, {name: prod-b}]}
  - {id: 5f1b3c2e8a7d4e0012345678, name: prod-analytics, clusters: [{name: warehouse}]})";

/// What happens while it watches: at least fifty jobs of each end, more than twenty that end
/// between two looks, and more than ten that vanish. `at` counts from when it is posted.
const std::vector<std::string>& events_to_come() {
  static const std::vector<std::string> jobs = [] {
    const auto of = [](const char* project, const char* cluster, const char* job) {
      return fmt::format("{{project: {}, cluster: {}, {}}}", project, cluster, job);
    };
    return std::vector<std::string>{
        of(kPayments, "prod-a", "at: 0s, takes: 2s..6s, end: completed, count: 60, every: 150ms"),
        of(kPayments, "prod-a", "at: 1s, takes: 10ms, end: completed, count: 12, every: 700ms"),
        of(kPayments, "prod-b",
           "at: 0s, takes: 2s..4s, end: expired, link_lives: 3s, count: 60, every: 120ms"),
        of(kPayments, "prod-b", "at: 1s, takes: 8s, end: vanishes, count: 6, every: 400ms"),
        of(kPayments, "prod-b", "at: 1s, takes: 10ms, end: failed, count: 8, every: 700ms"),
        of(kAnalytics, "warehouse", "at: 0s, takes: 2s..6s, end: failed, count: 60, every: 150ms"),
        of(kAnalytics, "warehouse",
           "at: 0s, takes: 2s..6s, end: cancelled, count: 60, every: 150ms"),
        of(kAnalytics, "warehouse", "at: 1s, takes: 8s, end: vanishes, count: 6, every: 400ms"),
        of(kAnalytics, "warehouse", "at: 1s, takes: 10ms, end: cancelled, count: 8, every: 700ms"),
        of(kAnalytics, "warehouse",
           "at: 1s, takes: 4s, end: completed, count: 3, every: 1s, "
           "target_project: 5b69d0349b15c62cdfc38b78, target_cluster: prod-a"),
    };
  }();
  return jobs;
}

class LifeOfJobs : public testing::TestWithParam<Login> {
 protected:
  void start() {
    stage_.start_daemon({.projects = kProjects});
    ASSERT_TRUE(eventually([&] {
      const auto up = stage_.metric("mongodbatlas_restore_target_up");
      return up.size() == 6 && without_zeros(up).size() == 6;  // collections, too
    })) << stage_.daemon().err();
    for (const TrueJob& job : truth()) baseline_.insert(job.id);
    for (const std::string& job : events_to_come()) stage_.control("POST", "/_sim/jobs", job);
  }

  std::vector<TrueJob> truth() { return read_truth(stage_.control("GET", "/_sim/truth")); }

  /// Until every job has come to its end and the daemon has counted that.
  void wait_for_the_end() {
    ASSERT_TRUE(eventually(
        [&] {
          int open = 0;
          for (const TrueJob& job : truth()) {
            open += !job.vanished && (job.state == "in_progress" || job.state == "ready") ? 1 : 0;
          }
          return open == 0 && truth().size() == baseline_.size() + 283;
        },
        seconds(60)));
    ASSERT_TRUE(eventually([&] {
      return without_zeros(stage_.metric("mongodbatlas_restore_jobs_finished_total")) ==
             Expected(truth(), baseline_).finished;
    })) << stage_.daemon().err();
  }

  /// No login, no token and no download link in anything that was written or is served.
  void expect_nothing_secret() {
    auto check = stage_.run({"check"});
    EXPECT_EQ(check->wait(seconds(10)), 0);
    const std::string outputs = stage_.all_outputs();
    ASSERT_GT(outputs.size(), 10'000U);
    for (const char* secret : {"SECRETLINK", "SECRETTOKEN", "SECRETKEY", "SECRETCLIENT",
                               "deliveryUrl", "https://restore"}) {
      EXPECT_EQ(outputs.find(secret), std::string::npos) << secret;
    }
  }

  /// Whatever is not a GET or a request for a token is answered with 405 and counted.
  void expect_nothing_asked_but_reading() {
    const std::string requests = stage_.control("GET", "/_sim/requests");
    EXPECT_NE(requests.find("GET"), std::string::npos) << requests;
    for (const char* method : {"PUT", "PATCH", "DELETE", "\"405\"", ":405"}) {
      EXPECT_EQ(requests.find(method), std::string::npos) << requests;
    }
  }

  int vanished() {
    int count = 0;
    for (const TrueJob& job : truth()) count += job.vanished ? 1 : 0;
    return count;
  }

  std::map<std::string, int> event_counts() {
    std::map<std::string, int> counts;
    for (const std::string& line : stage_.events()) {
      const auto from = line.find(" id=") + 4;
      ++counts[line.substr(from, line.find(' ', from) - from)];
    }
    return counts;
  }

  Stage stage_{GetParam(), kHistory};
  std::set<std::string> baseline_;
};

TEST_P(LifeOfJobs, PrometheusAndTheEventLogTellTheTruth) {
  start();
  stage_.start_prometheus();
  wait_for_the_end();
  const Expected expected(truth(), baseline_);
  ASSERT_GE(vanished(), 10);
  double missed = 0;
  for (const auto& [labels, count] : expected.missed) missed += count;
  ASSERT_GE(missed, 20);

  const auto agrees = [&](const std::string& metric, const SeriesMap& with) {
    EXPECT_TRUE(eventually([&] { return without_zeros(stage_.query(metric)) == with; })) << metric;
    EXPECT_EQ(without_zeros(stage_.query(metric)), with) << metric;
  };
  agrees("mongodbatlas_restore_jobs", expected.jobs);
  agrees("mongodbatlas_restore_jobs_requested_total", expected.requested);
  agrees("mongodbatlas_restore_jobs_finished_total", expected.finished);
  agrees("mongodbatlas_restore_transitions_total", expected.transitions);
  agrees("mongodbatlas_restore_missed_transitions_total", expected.missed);
  agrees("mongodbatlas_restore_last_success_timestamp_seconds{delivery!=\"download\"}",
         expected.last_success);
  agrees("mongodbatlas_restore_duration_seconds_count{kind=\"restore\"}",
         {{"kind=\"restore\"", expected.durations}});
  agrees("mongodbatlas_restore_download_links_active", {});
  agrees("mongodbatlas_restore_oldest_active_requested_timestamp_seconds", {});
  EXPECT_EQ(stage_.query("mongodbatlas_restore_last_failure_observed_timestamp_seconds").size(),
            2U);  // prod-b and warehouse; prod-a's failures are history

  std::map<std::string, int> once;
  for (const std::string& id : expected.event_ids) once[id] = 1;
  EXPECT_TRUE(eventually([&] { return event_counts() == once; }));
  EXPECT_EQ(event_counts(), once);
  EXPECT_GE(expected.event_ids.size(), 283U);

  expect_nothing_secret();
  expect_nothing_asked_but_reading();
}

TEST_P(LifeOfJobs, PromtoolFindsNothingOnThePage) {
  stage_.start_daemon({.projects = kProjects, .more = "metrics: {per_job_series: true}\n"});
  ASSERT_TRUE(eventually([&] {
    return !stage_.metric("mongodbatlas_restore_job_info").empty() ||
           !stage_.metric("mongodbatlas_restore_jobs").empty();
  }));
  stage_.control("POST", "/_sim/jobs",
                 "{project: prod-payments, cluster: prod-a, at: 0s, takes: 10ms, end: completed}");
  ASSERT_TRUE(eventually([&] { return !stage_.metric("mongodbatlas_restore_job_info").empty(); }));
  std::ofstream(stage_.folder().file("page")) << stage_.get("/metrics").value();
  Child promtool({Stage::prometheus_program("promtool"), "check", "metrics"},
                 stage_.folder().file("promtool"), {}, stage_.folder().file("page"));
  EXPECT_EQ(promtool.wait(seconds(20)), 0);
  EXPECT_EQ(promtool.out() + promtool.err(), "");
}

TEST_P(LifeOfJobs, RestartsInTheMiddleChangeNoCount) {
  start();
  for (const int how : {SIGTERM, SIGKILL, SIGTERM, SIGKILL}) {
    const auto events_before = stage_.events().size();
    ASSERT_TRUE(eventually([&] { return stage_.events().size() > events_before + 20; }));
    stage_.daemon().signal(how);
    const auto code = stage_.daemon().wait(seconds(5));
    if (how == SIGTERM) {
      EXPECT_EQ(code, 0) << stage_.daemon().err();
    }
    stage_.start_daemon({.projects = kProjects});
  }
  wait_for_the_end();
  const Expected expected(truth(), baseline_);
  const auto shown = [&](const char* metric) { return without_zeros(stage_.metric(metric)); };
  EXPECT_EQ(shown("mongodbatlas_restore_jobs_requested_total"), expected.requested);
  EXPECT_EQ(shown("mongodbatlas_restore_jobs_finished_total"), expected.finished);
  EXPECT_EQ(shown("mongodbatlas_restore_jobs"), expected.jobs);
  // What was shown but not yet committed when the daemon was killed may be seen as a later state,
  // so steps may be fewer; each that was committed is in the log, at least once.
  double steps = 0;
  for (const auto& [labels, count] : shown("mongodbatlas_restore_transitions_total")) {
    steps += count;
  }
  EXPECT_TRUE(eventually([&] { return event_counts().size() == static_cast<std::size_t>(steps); }));
}

INSTANTIATE_TEST_SUITE_P(Logins, LifeOfJobs, testing::Values(Login::Digest, Login::ServiceAccount),
                         [](const auto& test) {
                           return test.param == Login::Digest ? "Digest" : "ServiceAccount";
                         });

}  // namespace
}  // namespace restorewatch
