#include "app/loop_echo.h"

#include <gtest/gtest.h>

#include "fakes/fake_loop.h"

namespace restorewatch {
namespace {

class LoopEchoTest : public testing::Test {
 protected:
  ManualClock clock_;
  FakeLoop loop_{clock_};
  LoopEcho echo_{loop_};
};

TEST_F(LoopEchoTest, ALoopWithNothingToDoAnswersEachQuestion) {
  for (std::uint64_t answered = 0; answered < 3; ++answered) {
    const Progress progress = echo_.ask();
    EXPECT_EQ(progress.done, answered);
    EXPECT_TRUE(progress.has_work);
    loop_.run();
  }
}

TEST_F(LoopEchoTest, ALoopThatHangsIsAskedOnlyOnce) {
  for (int i = 0; i < 3; ++i) EXPECT_EQ(echo_.ask().done, 0U);
  loop_.run();
  EXPECT_EQ(echo_.ask().done, 1U);
}

TEST_F(LoopEchoTest, AnAnswerThatComesAfterTheEndHarmsNobody) {
  {
    LoopEcho gone(loop_);
    gone.ask();
  }
  loop_.run();
}

}  // namespace
}  // namespace restorewatch
