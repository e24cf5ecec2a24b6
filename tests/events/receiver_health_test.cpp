#include "events/receiver_health.h"

#include <gtest/gtest.h>

#include <ostream>

#include "fakes/fake_clock.h"

namespace restorewatch {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

struct StatusCase {
  int status;
  Verdict::Kind kind;
};

void PrintTo(const StatusCase& row, std::ostream* out) {
  *out << row.status;
}

class VerdictOf : public testing::TestWithParam<StatusCase> {};

TEST_P(VerdictOf, IsByStatus) {
  HttpResponse response;
  response.status = GetParam().status;
  response.body = "SECRETBODY";
  const Verdict verdict = verdict_of(response, WallTime());
  EXPECT_EQ(verdict.kind, GetParam().kind);
  EXPECT_EQ(verdict.reason, "HTTP " + std::to_string(GetParam().status));
}

INSTANTIATE_TEST_SUITE_P(
    Statuses, VerdictOf,
    testing::Values(
        StatusCase{200, Verdict::Kind::Accepted}, StatusCase{202, Verdict::Kind::Accepted},
        StatusCase{204, Verdict::Kind::Accepted}, StatusCase{299, Verdict::Kind::Accepted},
        StatusCase{301, Verdict::Kind::Refused}, StatusCase{307, Verdict::Kind::Refused},
        StatusCase{400, Verdict::Kind::Refused}, StatusCase{401, Verdict::Kind::Refused},
        StatusCase{404, Verdict::Kind::Refused}, StatusCase{408, Verdict::Kind::Down},
        StatusCase{410, Verdict::Kind::Refused}, StatusCase{429, Verdict::Kind::Down},
        StatusCase{499, Verdict::Kind::Refused}, StatusCase{500, Verdict::Kind::Down},
        StatusCase{503, Verdict::Kind::Down}, StatusCase{599, Verdict::Kind::Down}),
    [](const auto& test) { return "Status" + std::to_string(test.param.status); });

TEST(VerdictTest, NoAnswerMeansDown) {
  const Verdict verdict = verdict_of(Error{ErrorKind::Timeout, "too late"}, WallTime());
  EXPECT_EQ(verdict.kind, Verdict::Kind::Down);
  EXPECT_EQ(verdict.reason, "too late");
}

TEST(VerdictTest, RetryAfterCountsWhereTheReceiverIsDown) {
  HttpResponse response;
  response.headers = {{"retry-after", "7"}};
  response.status = 429;
  EXPECT_EQ(verdict_of(response, WallTime()).retry_after, seconds(7));
  response.status = 400;
  EXPECT_EQ(verdict_of(response, WallTime()).retry_after, std::nullopt);
}

TEST(RetryDelayTest, DoublesFromASecondToFiveMinutes) {
  EXPECT_EQ(retry_delay(1, 0.5), milliseconds(500));
  EXPECT_EQ(retry_delay(2, 0.5), milliseconds(1000));
  EXPECT_EQ(retry_delay(9, 0.5), milliseconds(128'000));
  EXPECT_EQ(retry_delay(10, 0.5), milliseconds(150'000));
  EXPECT_EQ(retry_delay(1'000'000, 0.5), milliseconds(150'000));
  EXPECT_EQ(retry_delay(5, 0), milliseconds(0));
}

class ReceiverHealthTest : public testing::Test {
 protected:
  SteadyTime now() const { return clock_.steady_now(); }
  void fail(std::optional<seconds> retry_after = {}) {
    const SteadyTime began = now();
    clock_.advance(milliseconds(10));
    health_.failed(began, now(), retry_after, 0.5);
  }
  seconds pause() const { return std::chrono::ceil<seconds>(health_.paused_until() - now()); }

  ManualClock clock_;
  ReceiverHealth health_;
};

TEST_F(ReceiverHealthTest, OneThatIsUpTakesAnyNumber) {
  EXPECT_TRUE(health_.may_send(now(), 0));
  EXPECT_TRUE(health_.may_send(now(), 7));
}

TEST_F(ReceiverHealthTest, OneThatIsDownIsLeftAloneAndThenAskedOnce) {
  fail();
  EXPECT_FALSE(health_.may_send(now(), 0));
  clock_.advance(milliseconds(499));
  EXPECT_FALSE(health_.may_send(now(), 0));
  clock_.advance(milliseconds(1));
  EXPECT_TRUE(health_.may_send(now(), 0));
  EXPECT_FALSE(health_.may_send(now(), 1));
  const SteadyTime began = now();
  clock_.advance(milliseconds(1));
  EXPECT_TRUE(health_.answered(began));
  EXPECT_TRUE(health_.may_send(now(), 7));
  EXPECT_FALSE(health_.answered(now()));  // nothing new
}

TEST_F(ReceiverHealthTest, OfAVolleyTheFirstFailureCounts) {
  const SteadyTime began = now();
  clock_.advance(seconds(1));
  for (int i = 0; i < 8; ++i) health_.failed(began, now(), {}, 0.5);
  EXPECT_EQ(health_.paused_until(), now() + milliseconds(500));
}

TEST_F(ReceiverHealthTest, AnAnswerFromBeforeTheFailureProvesNothing) {
  const SteadyTime began = now();
  clock_.advance(seconds(1));
  health_.failed(began, now(), {}, 0.5);
  EXPECT_FALSE(health_.answered(began));
  clock_.advance(seconds(1));
  EXPECT_FALSE(health_.may_send(now(), 1));
}

TEST_F(ReceiverHealthTest, FailuresInARowDoubleThePause) {
  for (const int expected : {1, 1, 2, 4, 8, 16, 32, 64, 128, 150, 150}) {
    fail();
    EXPECT_EQ(pause(), seconds(expected));
    clock_.advance(health_.paused_until() - now());
  }
  clock_.advance(seconds(1));
  health_.answered(now());
  fail();
  EXPECT_EQ(pause(), seconds(1));
}

TEST_F(ReceiverHealthTest, RetryAfterIsNeverUndercut) {
  fail(seconds(100));
  EXPECT_EQ(health_.paused_until(), now() + seconds(100));
  fail(seconds(2));  // one that was under way
  EXPECT_GE(health_.paused_until(), now() + seconds(99));
}

TEST_F(ReceiverHealthTest, RetryAfterDoesNotShortenOurOwnPause) {
  for (int i = 0; i < 10; ++i) {
    fail();
    clock_.advance(health_.paused_until() - now());
  }
  fail(seconds(1));
  EXPECT_EQ(pause(), seconds(150));
}

}  // namespace
}  // namespace restorewatch
