// A week in three organizations, found by nothing but credentials: every source, every end, and
// clusters that come, go and change meanwhile. Time in the fake Atlas moves in steps of a few hours
// as fast as the daemon looks at everything.

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <array>
#include <sstream>

#include "end_to_end/stage.h"
#include "end_to_end/truth.h"

namespace restorewatch {
namespace {

using std::chrono::seconds;

constexpr int kProjects = 30;
constexpr int kClusters = 300;
constexpr int kTargets = kProjects * (4 * 2 + 2 + 1 + 1);  // dedicated ones have two sources each
constexpr int kHours = 7 * 24;
constexpr int kStep = 3;  // hours

constexpr std::array<const char*, 3> kOrganizations{
    "aaaaaaaaaaaaaaaaaaaaaaa1", "aaaaaaaaaaaaaaaaaaaaaaa2", "aaaaaaaaaaaaaaaaaaaaaaa3"};

std::string project_id(int number) {
  return fmt::format("bbbbbbbbbbbbbbbbbbbb{:04d}", number);
}

/// Lines of jobs whose times differ from cluster to cluster.
class Jobs {
 public:
  explicit Jobs(int seed) : seed_(seed) {}

  /// `count` jobs spread over the week; each takes from two to twelve hours, or as `more` says.
  Jobs& add(const std::string& end, int count = 1, const std::string& more = "takes: 2h..12h") {
    const int first = 4 + (seed_ * 7 + kinds_++ * 13) % 24;
    lines_ += fmt::format("          - {{at: {}h, every: {}h, count: {}, end: {}, {}}}\n", first,
                          100 / count, count, end, more);
    return *this;
  }

  std::string text() const { return "        jobs:\n" + lines_; }

 private:
  int seed_;
  int kinds_ = 0;
  std::string lines_;
};

std::string cluster(const std::string& name, const std::string& more, const std::string& jobs) {
  return fmt::format("      - name: {}\n        {}\n{}", name, more, jobs);
}

Jobs dedicated_jobs(int seed) {
  const std::string collection = "source: collection, takes: 2h..12h";
  Jobs jobs(seed);
  jobs.add("completed", 8).add("completed", 1, "delivery: pointInTime, takes: 3h..20h");
  jobs.add("failed").add("cancelled").add("vanishes").add("failed", 1, "takes: 5m");
  jobs.add("expired", 1, "takes: 1h, link_lives: 8h")
      .add("expired", 1, "takes: 1h, link_lives: 0s");
  jobs.add("completed", 4, collection).add("failed", 1, collection).add("cancelled", 1, collection);
  return jobs.add("vanishes", 1, collection);
}

std::string project(int number) {
  std::string text = fmt::format("  - id: {}\n    name: team-{:02d}\n    org: {}\n    clusters:\n",
                                 project_id(number), number,
                                 kOrganizations.at(static_cast<std::size_t>(number % 3)));
  for (int i = 0; i < 4; ++i) {
    text += cluster(fmt::format("prod-{}", i), "tier: dedicated",
                    dedicated_jobs(number * 4 + i).text());
  }
  for (int i = 0; i < 2; ++i) {
    text += cluster(fmt::format("flex-{}", i), "tier: flex",
                    Jobs(number * 2 + i)
                        .add("completed", 3)
                        .add("failed")
                        .add("vanishes")
                        .add("completed", 1, "delivery: download, takes: 2h")
                        .text());
  }
  text += cluster("less", "tier: serverless",
                  Jobs(number)
                      .add("completed", 2)
                      .add("failed", 2)
                      .add("cancelled", 2)
                      .add("expired", 2, "takes: 1h, link_lives: 0s")
                      .add("vanishes", 2)
                      .text());
  text += cluster("old", "tier: tenant",
                  Jobs(number).add("completed", 2).add("failed", 2).add("vanishes", 2).text());
  text += "      - {name: toy, tier: free}\n";
  text += "      - {name: bare, backup_enabled: false}\n";
  return text;
}

std::string scenario() {
  std::string text = R"(time_factor: 0
start: now
retired: served
credentials:
  - {name: a, org: aaaaaaaaaaaaaaaaaaaaaaa1, client_id: mdb_sa_id_aaaaaaaaaaaaaaaaaaaaaaaa,
     client_secret: SECRETCLIENT-a, token_lifetime: 36h}
  - {name: b, org: aaaaaaaaaaaaaaaaaaaaaaa2, client_id: mdb_sa_id_bbbbbbbbbbbbbbbbbbbbbbbb,
     client_secret: SECRETCLIENT-b, token_lifetime: 48h}
  - {name: c, org: aaaaaaaaaaaaaaaaaaaaaaa3, public_key: cccccccc, private_key: SECRETKEY-c,
     nonce_lifetime: 12h, nonce_uses: 500}
rate_limit: {capacity: 100000, refill: 100000, per: 1s}
projects:
)";
  for (int i = 0; i < kProjects; ++i) text += project(i);
  return text;
}

class WeekOfRestores : public testing::Test {
 protected:
  void start() {
    const auto account = [&](const char* name, char digit) {
      return fmt::format(
          "  - name: {}\n    service_account: {{client_id: mdb_sa_id_{}, client_secret_file: "
          "{}}}\n",
          name, std::string(24, digit),
          stage_.secret_file(name, std::string("SECRETCLIENT-") + name));
    };
    stage_.start_daemon(
        {.credentials = account("a", 'a') + account("b", 'b') +
                        fmt::format("  - name: c\n    api_key: {{public_key: cccccccc, "
                                    "private_key_file: {}}}\n",
                                    stage_.secret_file("c", "SECRETKEY-c")),
         .poll = "{interval: 300ms, collection_interval: 300ms, lost_after: 5s, stale_after: 15m}",
         .more = "sources: [dedicated, flex, collection, serverless, tenant]\n"
                 "discovery: {interval: 2s}\n"});
    ASSERT_TRUE(eventually([&] { return targets_up() == kTargets; }, seconds(60)))
        << targets_up() << " " << stage_.daemon().err().substr(0, 5000);
    for (const TrueJob& job : truth()) baseline_.insert(job.id);
  }

  int targets_up() {
    return static_cast<int>(without_zeros(stage_.metric("mongodbatlas_restore_target_up")).size());
  }

  std::vector<TrueJob> truth() { return read_truth(stage_.control("GET", "/_sim/truth")); }

  void act(const std::string& what, const std::string& body) {
    stage_.control("POST", "/_sim/" + what, body);
  }

  /// Lists of jobs that were answered until now.
  std::int64_t lists() {
    simdjson::dom::parser parser;
    const std::string counts = stage_.control("GET", "/_sim/requests");
    std::int64_t sum = 0;
    for (const auto row : parser.parse(counts)["requests"].get_array()) {
      const bool list =
          row["path"].get_string().value() == "list" && row["status"].get_int64().value() == 200;
      if (list) sum += row["count"].get_int64().value();
    }
    return sum;
  }

  /// Turns the clock, and waits until everything has been looked at since.
  void let_pass(int hours) {
    act(fmt::format("advance?seconds={}", std::chrono::seconds(std::chrono::hours(hours)).count()),
        "");
    const std::int64_t before = lists();
    ASSERT_TRUE(
        eventually([&] { return lists() > before + std::int64_t{2} * kTargets; }, seconds(60)));
  }

  /// Whether the diagnostic log has a line with both.
  bool says(const std::string& what, const std::string& of_whom) {
    std::istringstream log(stage_.daemon().err());
    for (std::string line; std::getline(log, line);) {
      if (line.find(what) != std::string::npos && line.find(of_whom) != std::string::npos)
        return true;
    }
    return false;
  }

  Stage stage_{scenario()};
  std::set<std::string> baseline_;
};

/// What operators do in a week, by the hour.
const std::map<int, std::vector<std::pair<const char*, std::string>>>& changes() {
  static const std::map<int, std::vector<std::pair<const char*, std::string>>> changes{
      {24,
       {{"clusters",
         "{do: create, project: team-00, cluster: born, jobs: [{at: 1h, takes: 2h, end: failed}, "
         "{at: 5h, takes: 9h, end: completed}]}"},
        {"clusters", "{do: pause, project: team-01, cluster: prod-1}"}}},
      {36, {{"projects", "{do: rename, project: team-02, name: crew-02}"}}},
      {48,
       {{"clusters", "{do: upgrade, project: team-03, cluster: flex-0, tier: dedicated}"},
        {"clusters", "{do: rename, project: team-04, cluster: prod-2, name: prod-two}"}}},
      {60, {{"clusters", "{do: delete, project: team-05, cluster: prod-3}"}}},
      {72,
       {{"clusters",
         "{do: create, project: team-05, cluster: prod-3, jobs: [{at: 2h, takes: 3h, end: failed}, "
         "{at: 4h, takes: 3h, end: completed, count: 3, every: 9h}]}"},
        {"clusters", "{do: resume, project: team-01, cluster: prod-1}"}}},
      {84,
       {{"jobs",
         "{project: team-03, cluster: flex-0, at: 1h, takes: 5h, end: completed, count: 2, "
         "every: 8h}"},
        {"jobs", "{project: team-03, cluster: flex-0, at: 1h, takes: 5h, end: failed}"}}},
      {96, {{"clusters", "{do: delete, project: team-06, cluster: flex-1}"}}}};
  return changes;
}

TEST_F(WeekOfRestores, OfEverySourceIsCountedExactly) {
  start();
  ASSERT_FALSE(HasFatalFailure());
  for (int hour = 0; hour < kHours + 24; hour += kStep) {
    // Until discovery notices, whoever has the name of a deleted cluster is taken for it.
    if (hour == 72) {
      ASSERT_TRUE(eventually([&] { return says("cluster is gone", "prod-3"); }));
    }
    const auto found = changes().find(hour);
    if (found != changes().end()) {
      for (const auto& [what, body] : found->second) act(what, body);
    }
    let_pass(kStep);
    ASSERT_FALSE(HasFatalFailure());
  }
  const auto shown = [&](const char* metric) { return without_zeros(stage_.metric(metric)); };
  const auto agree = [&](const char* metric, SeriesMap Expected::*truly) {
    std::string wrong;
    eventually([&] {
      wrong = differences(shown(metric), Expected(truth(), baseline_).*truly);
      return wrong.empty();
    });
    EXPECT_EQ(wrong, "") << metric;
  };
  agree("mongodbatlas_restore_transitions_total", &Expected::transitions);
  agree("mongodbatlas_restore_jobs_requested_total", &Expected::requested);
  agree("mongodbatlas_restore_jobs_finished_total", &Expected::finished);
  agree("mongodbatlas_restore_jobs", &Expected::jobs);
  agree("mongodbatlas_restore_missed_transitions_total", &Expected::missed);
  const Expected expected(truth(), baseline_);

  std::string ends;
  for (const auto& [end, count] : expected.ends) ends += fmt::format("{}: {}\n", end, count);
  for (const char* end : {"dedicated completed",  "dedicated failed",     "dedicated cancelled",
                          "dedicated expired",    "dedicated lost",       "collection completed",
                          "collection failed",    "collection cancelled", "collection lost",
                          "flex completed",       "flex failed",          "flex lost",
                          "serverless completed", "serverless failed",    "serverless cancelled",
                          "serverless expired",   "serverless lost",      "tenant completed",
                          "tenant failed",        "tenant lost"}) {
    const auto found = expected.ends.find(end);
    EXPECT_GE(found == expected.ends.end() ? 0 : found->second, 50) << end << "\n" << ends;
  }
  EXPECT_GT(truth().size(), 3000U);
  EXPECT_EQ(
      shown("mongodbatlas_restore_cluster_backup_enabled").size(),
      static_cast<std::size_t>(kClusters - 3 * kProjects));  // Atlas does not say of serverless
  for (const char* secret : {"SECRETLINK", "SECRETTOKEN", "SECRETKEY", "SECRETCLIENT"}) {
    EXPECT_EQ(stage_.all_outputs().find(secret), std::string::npos) << secret;
  }
}

}  // namespace
}  // namespace restorewatch
