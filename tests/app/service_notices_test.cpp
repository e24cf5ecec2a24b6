#include "app/service_notices.h"

#include <gtest/gtest.h>

#include "fakes/fake_clock.h"

namespace restorewatch {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;
using Told = std::vector<std::string>;

class ServiceNoticesTest : public testing::Test {
 protected:
  ServiceNotices notices(std::optional<microseconds> watchdog) {
    return {watchdog, {clock_, Log(), [this](const std::string& text) { told_.push_back(text); }}};
  }

  /// Looks at the time at which that is wanted, and returns what was told then.
  Told look_when_due(ServiceNotices& notices) {
    clock_.advance(*notices.next_look() - clock_.steady_now());
    told_.clear();
    notices.look([this] { return Vitals{{{"poller", poller_}, {"store", store_}}, "fine"}; });
    return told_;
  }

  ManualClock clock_;
  Told told_;
  Progress poller_{0, true};
  Progress store_;
};

const Told kAlive{"WATCHDOG=1\nSTATUS=fine"};
const Told kPollerHangs{"STATUS=hangs: poller; fine"};
const Told kStoreHangs{"STATUS=hangs: store; fine"};

TEST_F(ServiceNoticesTest, TellsEachStageOfALife) {
  ServiceNotices all = notices(std::nullopt);
  all.starting();
  all.ready("watching");
  all.reloading();
  all.ready("watching more");
  all.stopping();
  ASSERT_EQ(told_.size(), 5U);
  EXPECT_TRUE(told_[0].starts_with("STATUS=")) << told_[0];
  EXPECT_EQ(told_[1], "READY=1\nSTATUS=watching");
  // The fake's steady time begins with the second hour.
  EXPECT_TRUE(told_[2].starts_with("RELOADING=1\nMONOTONIC_USEC=3600000000\nSTATUS=")) << told_[2];
  EXPECT_EQ(told_[3], "READY=1\nSTATUS=watching more");
  EXPECT_TRUE(told_[4].starts_with("STOPPING=1\nSTATUS=")) << told_[4];
}

TEST_F(ServiceNoticesTest, WithoutAServiceManagerNothingIsEverDue) {
  ServiceNotices none(seconds(20), {clock_, Log(), nullptr});
  none.starting();
  none.ready("watching");
  none.reloading();
  none.stopping();
  EXPECT_EQ(none.next_look(), std::nullopt);
  none.look([]() -> Vitals { throw std::logic_error("nobody asked"); });
}

TEST_F(ServiceNoticesTest, WithoutAWatchdogOnlyTheStatusIsTold) {
  ServiceNotices plain = notices(std::nullopt);
  look_when_due(plain);
  const SteadyTime before = clock_.steady_now();
  ++poller_.done;
  EXPECT_EQ(look_when_due(plain), Told{"STATUS=fine"});
  EXPECT_EQ(clock_.steady_now() - before, ServiceNotices::kLongestPause);
}

TEST_F(ServiceNoticesTest, NothingIsLookedAtBeforeItsTime) {
  ServiceNotices early = notices(seconds(20));
  look_when_due(early);
  told_.clear();
  clock_.advance(milliseconds(4'999));
  early.look([]() -> Vitals { throw std::logic_error("too early"); });
  EXPECT_EQ(told_, Told{});
  EXPECT_EQ(*early.next_look() - clock_.steady_now(), milliseconds(1));
}

TEST_F(ServiceNoticesTest, SignsOfLifeComeFourTimesInTheWatchdogsTime) {
  for (const microseconds watchdog : {microseconds(seconds(2)), microseconds(seconds(30))}) {
    ServiceNotices alive = notices(watchdog);
    SteadyTime last = clock_.steady_now();
    for (int i = 0; i < 8; ++i, ++poller_.done) {
      EXPECT_EQ(look_when_due(alive), kAlive);
      EXPECT_LE(clock_.steady_now() - last, watchdog / 4);
      last = clock_.steady_now();
    }
  }
}

TEST_F(ServiceNoticesTest, ALongWatchdogDoesNotMakeTheStatusOld) {
  ServiceNotices slow = notices(std::chrono::minutes(10));
  look_when_due(slow);
  EXPECT_EQ(*slow.next_look() - clock_.steady_now(), ServiceNotices::kLongestPause);
}

TEST_F(ServiceNoticesTest, APollerThatAnswersNoMoreGetsNoSignOfLifeUntilItDoes) {
  ServiceNotices hung = notices(seconds(20));
  EXPECT_EQ(look_when_due(hung), kAlive);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(look_when_due(hung), kPollerHangs);
  ++poller_.done;
  EXPECT_EQ(look_when_due(hung), kAlive);
}

TEST_F(ServiceNoticesTest, AStoreThatEndsNoneOfItsWorkGetsNoSignOfLife) {
  ServiceNotices hung = notices(seconds(20));
  look_when_due(hung);
  store_ = {7, true};
  ++poller_.done;
  EXPECT_EQ(look_when_due(hung), kAlive);  // it may have got it just now
  ++poller_.done;
  EXPECT_EQ(look_when_due(hung), kStoreHangs);
}

TEST_F(ServiceNoticesTest, AStoreThatGetsOnOrHasNothingToDoIsAlive) {
  ServiceNotices busy = notices(seconds(20));
  for (const Progress progress :
       {Progress{1, true}, Progress{2, true}, Progress{3, false}, Progress{3, false},
        Progress{3, true}, Progress{4, true}, Progress{4, false}, Progress{4, true}}) {
    store_ = progress;
    ++poller_.done;
    EXPECT_EQ(look_when_due(busy), kAlive);
  }
}

TEST_F(ServiceNoticesTest, TheLogIsToldOnceOfAPartThatHangs) {
  testing::internal::CaptureStderr();
  ServiceNotices hung(seconds(20), {clock_, Log(clock_, {}), [](const std::string&) {}});
  for (int i = 0; i < 4; ++i) look_when_due(hung);
  ++poller_.done;
  look_when_due(hung);
  const std::string log = testing::internal::GetCapturedStderr();
  const auto first = log.find("level=error msg=\"a part of the daemon hangs");
  ASSERT_NE(first, std::string::npos) << log;
  EXPECT_EQ(log.find("level=error", first + 1), std::string::npos) << log;
  EXPECT_NE(log.find("part=poller"), std::string::npos) << log;
  EXPECT_NE(log.find("goes on"), std::string::npos) << log;
}

}  // namespace
}  // namespace restorewatch
