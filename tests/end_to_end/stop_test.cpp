// However little the rest of the world helps, a stop takes less than five seconds.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <csignal>

#include "end_to_end/stage.h"
#include "fakes/webhook_receiver.h"

namespace restorewatch {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int kClusters = 100;
constexpr const char* kSecret = "SECRETHOOK-e2e-0001";

std::string scenario() {
  std::string text = "projects:\n  - id: 5b69d0349b15c62cdfc38b78\n    name: shop\n    clusters:\n";
  for (int i = 0; i < kClusters; ++i) {
    text +=
        fmt::format("      - {{name: c-{}, jobs: [{{at: -1h, takes: 1m, end: completed}}]}}\n", i);
  }
  return text;
}

class StopEndToEnd : public testing::Test {
 protected:
  void start() {
    const std::string file = stage_.secret_file("hook.secret", kSecret);
    stage_.start_daemon({.poll = "{interval: 300ms}",
                         .more = fmt::format("events:\n  webhooks:\n    - {{name: dead, url: '{}', "
                                             "secret_file: {}, timeout: 30s}}\n",
                                             receiver_.url(), file),
                         .request_timeout = "2s"});
    ASSERT_TRUE(eventually([&] { return up() >= kClusters; })) << stage_.daemon().err();
  }

  int up() {
    int count = 0;
    for (const auto& [labels, value] : stage_.metric("mongodbatlas_restore_target_up")) {
      count += value == 1 ? 1 : 0;
    }
    return count;
  }

  /// News of every tenth cluster, for the store and both sinks.
  void fail_jobs() {
    for (int i = 0; i < kClusters; i += 10) {
      stage_.control(
          "POST", "/_sim/jobs",
          fmt::format("{{project: shop, cluster: c-{}, at: 0s, takes: 10ms, end: failed}}", i));
    }
  }

  /// A question to Atlas went without an answer; by then the other ones do, too.
  bool shows_a_timeout() {
    return stage_.daemon().err().find("reason=timeout") != std::string::npos;
  }

  /// How long it took from SIGTERM to a clean end.
  milliseconds stop() {
    const auto begun = std::chrono::steady_clock::now();
    stage_.daemon().signal(SIGTERM);
    EXPECT_EQ(stage_.daemon().wait(seconds(5)), 0) << stage_.daemon().err();
    const auto took = std::chrono::steady_clock::now() - begun;
    RecordProperty("milliseconds", static_cast<int>(took / milliseconds(1)));
    return std::chrono::duration_cast<milliseconds>(took);
  }

  WebhookReceiver receiver_{kSecret};
  Stage stage_{Login::Digest, scenario()};
};

TEST_F(StopEndToEnd, IsQuickWhileEverythingIsBusy) {
  start();
  fail_jobs();
  EXPECT_LT(stop(), seconds(5));
}

TEST_F(StopEndToEnd, AReceiverThatDoesNotAnswerIsNotWaitedFor) {
  receiver_.answer({.delay = seconds(60)});
  start();
  fail_jobs();
  ASSERT_TRUE(eventually([&] { return !stage_.events().empty(); })) << stage_.daemon().err();
  EXPECT_LT(stop(), seconds(5));
}

TEST_F(StopEndToEnd, AnAtlasThatDoesNotAnswerIsNotWaitedFor) {
  receiver_.answer({.delay = seconds(60)});
  start();
  fail_jobs();
  ASSERT_TRUE(eventually([&] { return !stage_.events().empty(); })) << stage_.daemon().err();
  stage_.control("POST", "/_sim/faults", "{kind: stall}");
  ASSERT_TRUE(eventually([&] { return shows_a_timeout(); })) << stage_.daemon().err();
  EXPECT_LT(stop(), seconds(5));
}

}  // namespace
}  // namespace restorewatch
