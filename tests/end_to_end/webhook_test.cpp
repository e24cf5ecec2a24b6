// Events on their way to receivers of webhooks: all of them, in order, signed, whatever happens to
// receivers and to the daemon.

#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <map>
#include <set>

#include "end_to_end/stage.h"
#include "fakes/webhook_receiver.h"

namespace restorewatch {
namespace {

using std::chrono::seconds;

constexpr const char* kSecret = "SECRETHOOK-e2e-0001";
constexpr const char* kScenario = R"(
projects:
  - id: 5b69d0349b15c62cdfc38b78
    name: prod-payments
    clusters:
      - {name: prod-a, jobs: [{at: -30d, takes: 5m, end: completed}]}
)";
constexpr const char* kProjects =
    "  - {id: 5b69d0349b15c62cdfc38b78, name: prod-payments, clusters: [{name: prod-a}]}";

using Ids = std::multiset<std::string>;

class WebhookEndToEnd : public testing::Test {
 protected:
  /// Starts the daemon, again if need be, and waits until what was there before is known.
  void start() {
    const std::string file = stage_.secret_file("hook.secret", kSecret);
    std::string webhooks;
    for (const auto& [name, receiver] : receivers()) {
      webhooks += "    - {name: " + name + ", url: '" + receiver->url() +
                  "', secret_file: " + file + ", timeout: 5s}\n";
    }
    stage_.start_daemon({.projects = kProjects, .more = "events:\n  webhooks:\n" + webhooks});
    ASSERT_TRUE(eventually([&] { return stage_.shows("mongodbatlas_restore_target_up", {}, 1); }))
        << stage_.daemon().err();
  }

  std::map<std::string, const WebhookReceiver*> receivers() const {
    return {{"one", &one_}, {"two", &two_}};
  }

  /// Begins that many jobs, which fail at once.
  void fail_jobs(int count) {
    for (int i = 0; i < count; ++i) {
      stage_.control("POST", "/_sim/jobs",
                     "{project: prod-payments, cluster: prod-a, at: 0s, takes: 1s, end: failed}");
    }
  }

  /// The lines of jobs' changes; heads of the journal are announced besides.
  std::vector<std::string> job_lines() const {
    std::vector<std::string> lines = stage_.event_log();
    std::erase_if(lines, [](const std::string& line) {
      return line.find(" event=restore_transition ") == std::string::npos;
    });
    return lines;
  }

  /// The ids in the event log, once there are `count`.
  Ids logged(std::size_t count) {
    EXPECT_TRUE(eventually([&] { return job_lines().size() >= count; })) << stage_.daemon().err();
    Ids ids;
    for (const std::string& line : job_lines()) {
      const auto from = line.find(" id=") + 4;
      ids.insert(line.substr(from, line.find(' ', from) - from));
    }
    return ids;
  }

  static Ids ids_of(const WebhookReceiver& receiver) {
    Ids ids;
    for (const ReceivedEvent& event : receiver.received()) {
      if (!event.job_id.empty()) ids.insert(event.id);
    }
    return ids;
  }

  static bool gets(const WebhookReceiver& receiver, const Ids& expected) {
    return eventually([&] { return ids_of(receiver).size() >= expected.size(); });
  }

  static std::set<std::string> without_repeats(const Ids& ids) { return {ids.begin(), ids.end()}; }

  static void expect_jobs_in_order(const WebhookReceiver& receiver) {
    std::map<std::string, std::uint64_t> newest;
    for (const ReceivedEvent& event : receiver.received()) {
      EXPECT_GE(event.seq, newest[event.job_id]) << event.body;
      newest[event.job_id] = event.seq;
    }
  }

  bool is_shown(const std::string& metric, const std::string& sink, double value) const {
    return stage_.shows("restorewatch_events_" + metric, {"sink=\"" + sink + "\""}, value);
  }

  WebhookReceiver one_{kSecret};
  WebhookReceiver two_{kSecret};
  Stage stage_{Login::Digest, kScenario};
};

TEST_F(WebhookEndToEnd, EveryReceiverGetsWhatTheLogGets) {
  start();
  fail_jobs(5);
  const Ids expected = logged(10);
  for (const auto& [name, receiver] : receivers()) {
    EXPECT_TRUE(gets(*receiver, expected)) << name << stage_.daemon().err();
    EXPECT_EQ(ids_of(*receiver), expected) << name;
    expect_jobs_in_order(*receiver);
    EXPECT_EQ(receiver->complaints(), std::vector<std::string>{});
    EXPECT_TRUE(eventually([&, &sink = name] { return is_shown("pending", sink, 0); }));
    EXPECT_TRUE(eventually([&, &sink = name, &to = *receiver] {
      return is_shown("delivered_total", sink, static_cast<double>(to.received().size()));
    }));
  }
}

TEST_F(WebhookEndToEnd, OneThatIsDownHoldsUpNobodyAndGetsEverythingLater) {
  two_.answer({.drop = true});
  start();
  fail_jobs(3);
  const Ids expected = logged(6);
  EXPECT_TRUE(gets(one_, expected));
  EXPECT_FALSE(is_shown("pending", "two", 0));
  stage_.daemon().signal(SIGTERM);
  EXPECT_EQ(stage_.daemon().wait(seconds(5)), 0) << stage_.daemon().err();
  start();
  two_.answer({.status = 200});
  EXPECT_TRUE(gets(two_, expected));
  EXPECT_EQ(without_repeats(ids_of(two_)), without_repeats(expected));
  expect_jobs_in_order(two_);
  EXPECT_EQ(ids_of(one_), expected) << "what was accepted is not sent again";
}

TEST_F(WebhookEndToEnd, AfterAKillNothingIsMissing) {
  start();
  two_.answer({.delay = std::chrono::milliseconds(300)});
  fail_jobs(8);
  ASSERT_TRUE(two_.wait_for(3));
  stage_.daemon().signal(SIGKILL);
  stage_.daemon().wait(seconds(5));
  start();
  const auto expected = without_repeats(logged(16));
  for (const auto& [name, receiver] : receivers()) {
    EXPECT_TRUE(eventually([&, &to = *receiver] {
      return without_repeats(ids_of(to)) == expected;
    })) << name;
    EXPECT_EQ(receiver->complaints(), std::vector<std::string>{});
  }
}

// When it is given up, which is after half an hour: tests/events/webhook_sink_test.cpp.
TEST_F(WebhookEndToEnd, WhatAReceiverRefusesIsKeptAndTheOtherJobsGoOn) {
  two_.answer_by([](const ReceivedEvent& event) {
    return WebhookReceiver::Answer{.status = event.to == "failed" ? 422 : 204};
  });
  start();
  fail_jobs(1);
  const auto is_refused = [](const ReceivedEvent& event) { return event.status == 422; };
  ASSERT_TRUE(eventually([&] { return std::ranges::any_of(two_.attempts(), is_refused); }))
      << stage_.daemon().err();
  const auto attempts = two_.attempts();
  const ReceivedEvent refused = *std::ranges::find_if(attempts, is_refused);
  two_.answer_by([job = refused.job_id](const ReceivedEvent& event) {
    return WebhookReceiver::Answer{.status = event.job_id == job ? 422 : 204};
  });
  fail_jobs(3);
  Ids expected = logged(8);
  expected.erase(refused.id);
  EXPECT_TRUE(gets(two_, expected)) << stage_.daemon().err();
  EXPECT_EQ(ids_of(two_), expected);
  EXPECT_TRUE(is_shown("parked_total", "two", 0));
  EXPECT_FALSE(is_shown("pending", "two", 0));
}

TEST_F(WebhookEndToEnd, ASingleSweepLeavesTheEventsToTheDaemon) {
  start();
  stage_.daemon().signal(SIGTERM);
  ASSERT_EQ(stage_.daemon().wait(seconds(5)), 0);
  fail_jobs(1);
  stage_.control("POST", "/_sim/advance?seconds=10");
  EXPECT_EQ(stage_.run({"once"})->wait(seconds(20)), 0);
  EXPECT_EQ(ids_of(one_), Ids{});
  start();
  EXPECT_TRUE(eventually([&] { return !ids_of(one_).empty(); })) << stage_.daemon().err();
}

TEST_F(WebhookEndToEnd, NeitherUrlNorSecretNorAnswerShowsUpAnywhere) {
  one_.answer({.status = 500});
  two_.answer({.drop = true});
  start();
  fail_jobs(1);
  ASSERT_TRUE(eventually([&] { return two_.attempts().size() > 1; }));
  const std::string outputs = stage_.all_outputs();
  EXPECT_NE(outputs.find("HTTP 500"), std::string::npos);
  for (const char* secret : {"SECRETHOOK", "SECRETPATH", "an answer"}) {
    EXPECT_EQ(outputs.find(secret), std::string::npos) << secret;
  }
}

}  // namespace
}  // namespace restorewatch
