// What the daemon tells systemd, which a socket of the test's own stands in for.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <iostream>
#include <sstream>

#include "end_to_end/frozen_thread.h"
#include "end_to_end/notify_socket.h"
#include "end_to_end/stage.h"

namespace restorewatch {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr const char* kScenario = R"(
projects:
  - id: 5b69d0349b15c62cdfc38b78
    name: prod-payments
    clusters:
      - {name: prod-a, jobs: [{at: -1h, takes: 1m, end: completed}]}
)";

/// After which a systemd would end the daemon.
constexpr milliseconds kWatchdog{4000};

class ServiceManagerEndToEnd : public testing::Test {
 protected:
  ServiceManagerEndToEnd() {
    settings_.prelude = fmt::format("export NOTIFY_SOCKET='{}' WATCHDOG_USEC={}",
                                    stage_.folder().file("notify"), kWatchdog.count() * 1000);
  }
  ~ServiceManagerEndToEnd() override {
    if (HasFailure()) std::cerr << stage_.daemon().err();
  }

  void start() {
    stage_.start_daemon(settings_);
    ASSERT_TRUE(socket_.hears("READY=1"));
    ASSERT_TRUE(eventually([&] { return stage_.shows("mongodbatlas_restore_target_up", {}, 1); }));
  }

  /// Signs of life within the time of two watchdogs, and none came too late for one half.
  bool is_alive() {
    const std::size_t from = socket_.told().size();
    socket_.listen(2 * kWatchdog);
    auto last = socket_.told().at(from).came_at;
    int signs = 0;
    for (std::size_t i = from; i < socket_.told().size(); ++i) {
      const auto& notice = socket_.told()[i];
      if (!notice.says("WATCHDOG=1")) continue;
      EXPECT_LT(notice.came_at - last, kWatchdog / 2);
      last = notice.came_at;
      ++signs;
    }
    return signs >= 4;
  }

  /// While this thread hangs there is no sign of life, and the status says why.
  void expect_silence_while_frozen(const std::string& thread, const std::string& part) {
    {
      const FrozenThread frozen(stage_.daemon().pid(), thread);
      const std::size_t before = socket_.told().size();
      stage_.control("POST", "/_sim/jobs",  // work for the store
                     "{project: prod-payments, cluster: prod-a, at: 0s, takes: 10ms, end: failed}");
      ASSERT_TRUE(socket_.hears("STATUS=hangs: " + part, before));
      const std::size_t from = socket_.told().size();
      socket_.listen(2 * kWatchdog);
      ASSERT_GT(socket_.told().size(), from);  // the status goes on
      for (std::size_t i = from; i < socket_.told().size(); ++i) {
        EXPECT_FALSE(socket_.told()[i].says("WATCHDOG=1")) << socket_.told()[i].text;
      }
    }
    EXPECT_TRUE(socket_.hears("WATCHDOG=1", socket_.told().size()));
  }

  /// How many lines do not begin with one of these priorities.
  static std::size_t lines_without(const std::string& text, const std::string& beginnings) {
    std::istringstream lines(text);
    std::size_t others = 0;
    for (std::string line; std::getline(lines, line);) {
      const bool has_prefix = line.size() > 3 && line[0] == '<' && line[2] == '>';
      if (!has_prefix || beginnings.find(line[1]) == std::string::npos) ++others;
    }
    return others;
  }

  Stage stage_{Login::Digest, kScenario};
  NotifySocket socket_{stage_.folder().file("notify")};
  Stage::DaemonSettings settings_;
};

TEST_F(ServiceManagerEndToEnd, ReadyMeansThatTheStoreIsOpenAndThePortServes) {
  stage_.launch_daemon(settings_);
  ASSERT_TRUE(socket_.hears("READY=1"));
  ASSERT_TRUE(stage_.daemon_serves());  // the log had said so before
  EXPECT_TRUE(stage_.get("/-/healthy"));
  std::size_t ready = 0;
  while (!socket_.told()[ready].says("READY=1")) ++ready;
  for (std::size_t i = 0; i < ready; ++i) {  // nothing but how the start goes
    EXPECT_TRUE(socket_.told()[i].text.starts_with("STATUS=")) << socket_.told()[i].text;
  }
}

TEST_F(ServiceManagerEndToEnd, WithoutAStoreItIsNeverReady) {
  settings_.store = "missing/store.db";
  stage_.launch_daemon(settings_);
  EXPECT_EQ(stage_.daemon().wait(seconds(30)), 2);
  for (const auto& notice : socket_.told()) EXPECT_FALSE(notice.says("READY=1"));
}

TEST_F(ServiceManagerEndToEnd, TheStatusSaysWhatIsWatched) {
  start();
  EXPECT_TRUE(socket_.hears("STATUS=watching 2 targets; last look at 20"));
}

TEST_F(ServiceManagerEndToEnd, AReloadIsToldFromItsBeginningToItsEndEvenIfItIsRefused) {
  start();
  for (const bool good : {true, false}) {
    if (!good) std::ofstream(stage_.config_file()) << "nonsense: 1\n";
    const std::size_t from = socket_.told().size();
    stage_.daemon().signal(SIGHUP);
    ASSERT_TRUE(socket_.hears("RELOADING=1", from));
    ASSERT_TRUE(socket_.hears("MONOTONIC_USEC=", from));
    ASSERT_TRUE(socket_.hears("READY=1", from));
    EXPECT_EQ(eventually([&] { return stage_.daemon().err().find("refused") != std::string::npos; },
                         seconds(good ? 0 : 10)),
              !good);
  }
}

TEST_F(ServiceManagerEndToEnd, AStopIsTold) {
  start();
  stage_.daemon().signal(SIGTERM);
  ASSERT_TRUE(socket_.hears("STOPPING=1"));
  EXPECT_EQ(stage_.daemon().wait(seconds(5)), 0);
}

TEST_F(ServiceManagerEndToEnd, AnIdleFleetIsAlive) {
  settings_.poll = "{interval: 1h, collection_interval: 1h}";
  stage_.start_daemon(settings_);
  ASSERT_TRUE(socket_.hears("STATUS=watching 2 targets; none of them seen yet"));
  EXPECT_TRUE(is_alive());
}

TEST_F(ServiceManagerEndToEnd, AnAtlasThatAnswersNothingIsNoReasonToDie) {
  start();
  stage_.control("POST", "/_sim/faults", "{kind: stall}");
  EXPECT_TRUE(is_alive());
}

TEST_F(ServiceManagerEndToEnd, APauseThatAtlasAskedForIsNoReasonToDie) {
  start();
  stage_.control("POST", "/_sim/faults",
                 "{kind: status, status: 429, error_code: RATE_LIMITED, retry_after: 60}");
  ASSERT_TRUE(eventually([&] { return stage_.shows("mongodbatlas_restore_target_up", {}, 0); }));
  EXPECT_TRUE(is_alive());
}

TEST_F(ServiceManagerEndToEnd, APollerThatHangsGetsTheWatchdogToBite) {
  start();
  expect_silence_while_frozen("net", "poller");
}

TEST_F(ServiceManagerEndToEnd, AStoreThatHangsGetsTheWatchdogToBite) {
  start();
  expect_silence_while_frozen("rw-store", "store");
}

TEST_F(ServiceManagerEndToEnd, OnlyWhatTheJournalReadsHasPriorities) {
  settings_.prelude += "; export JOURNAL_STREAM=$(stat -L -c %d:%i /proc/self/fd/2)";
  start();
  stage_.control("POST", "/_sim/jobs",
                 "{project: prod-payments, cluster: prod-a, at: 0s, takes: 10ms, end: failed}");
  ASSERT_TRUE(eventually([&] { return !stage_.events().empty(); }));
  EXPECT_EQ(lines_without(stage_.daemon().err(), "346"), 0U) << stage_.daemon().err();
  EXPECT_TRUE(stage_.events().front().starts_with("ts=")) << stage_.events().front();
}

}  // namespace
}  // namespace restorewatch
