#include "app/reload.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "fakes/fake_clock.h"

namespace restorewatch {
namespace {

using Problems = std::vector<std::string>;

class ReloadTest : public testing::Test {
 protected:
  double gauge(const std::string& name) const {
    for (const auto& family : telemetry_.registry().Collect()) {
      if (family.name == "restorewatch_config_last_reload_" + name) {
        return family.metric.at(0).gauge.value;
      }
    }
    return -1;
  }

  ManualClock clock_;
  Telemetry telemetry_;
  ConfigReading reading_{Config{}, {}, {}};
  Status applies_ = Success{};
  int applied_ = 0;
  Reload reload_{{clock_, telemetry_, Log(), [this] { return reading_; },
                  [this](const Config&) {
                    ++applied_;
                    return applies_;
                  }}};
};

TEST_F(ReloadTest, TheConfigurationOfTheStartCounts) {
  EXPECT_EQ(gauge("successful"), 1);
  EXPECT_EQ(gauge("success_timestamp_seconds"), unix_seconds(clock_.wall_now()));
}

TEST_F(ReloadTest, AGoodOneIsApplied) {
  clock_.advance(std::chrono::hours(1));
  EXPECT_EQ(reload_.run(), Problems{});
  EXPECT_EQ(applied_, 1);
  EXPECT_EQ(gauge("successful"), 1);
  EXPECT_EQ(gauge("success_timestamp_seconds"), unix_seconds(clock_.wall_now()));
}

TEST_F(ReloadTest, WithProblemsNothingIsApplied) {
  const double before = gauge("success_timestamp_seconds");
  clock_.advance(std::chrono::hours(1));
  reading_ = {std::nullopt, {"f:1:2: a: is bad", "f:3:4: b: is bad"}, {}};
  EXPECT_EQ(reload_.run(), (Problems{"f:1:2: a: is bad", "f:3:4: b: is bad"}));
  EXPECT_EQ(applied_, 0);
  EXPECT_EQ(gauge("successful"), 0);
  EXPECT_EQ(gauge("success_timestamp_seconds"), before);
  reading_ = {Config{}, {}, {}};
  EXPECT_EQ(reload_.run(), Problems{});
  EXPECT_EQ(gauge("successful"), 1);
}

TEST_F(ReloadTest, WhatCannotBeAppliedIsAProblem) {
  applies_ = Error{ErrorKind::BadConfig, "storage.path: needs a restart"};
  EXPECT_EQ(reload_.run(), Problems{"storage.path: needs a restart"});
  EXPECT_EQ(gauge("successful"), 0);
}

TEST_F(ReloadTest, ProblemsAndWarningsAreLoggedALineEach) {
  testing::internal::CaptureStderr();
  const SystemClock clock;
  Telemetry telemetry;
  Reload reload(
      {clock, telemetry, Log(clock, {}),
       [] {
         return ConfigReading{std::nullopt, {"f:1:2: bad", "f:3:4: worse"}, {"f:5:6: odd"}};
       },
       [](const Config&) -> Status { return Success{}; }});
  reload.run();
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_NE(log.find("problem=\"f:1:2: bad\"\n"), std::string::npos) << log;
  EXPECT_NE(log.find("problem=\"f:3:4: worse\"\n"), std::string::npos) << log;
  EXPECT_NE(log.find("warning=\"f:5:6: odd\"\n"), std::string::npos) << log;
}

TEST_F(ReloadTest, WithoutAFileThereIsNothingToRead) {
  Telemetry telemetry;
  Reload reload({clock_, telemetry, Log(), {}, [](const Config&) -> Status { return Success{}; }});
  EXPECT_EQ(reload.run().size(), 1U);
}

TEST_F(ReloadTest, TwoAtOnceComeOneAfterTheOther) {
  std::atomic<int> inside = 0;
  std::atomic<bool> met = false;
  Telemetry telemetry;
  Reload reload({clock_, telemetry, Log(), [&] { return reading_; },
                 [&](const Config&) -> Status {
                   met = met || ++inside > 1;
                   std::this_thread::yield();
                   --inside;
                   return Success{};
                 }});
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int j = 0; j < 500; ++j) reload.run();
      });
    }
  }
  EXPECT_FALSE(met);
}

}  // namespace
}  // namespace restorewatch
