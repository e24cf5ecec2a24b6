#include "net/net_loop.h"

#include <gtest/gtest.h>

#include <latch>
#include <set>
#include <thread>

#include "fakes/fake_clock.h"
#include "net/raw_server.h"
#include "net/running_loop.h"

namespace restorewatch {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// Runs `work` on the loop's thread and waits for it.
void on_loop(RunningLoop& loop, std::function<void()> work) {
  std::promise<void> ran;
  loop->post([&] {
    work();
    ran.set_value();
  });
  ran.get_future().wait();
}

TEST(NetLoopTest, RunsPostedWorkOfManyThreadsEachInItsOrder) {
  RunningLoop loop;
  constexpr int kThreads = 4;
  constexpr int kPieces = 500;
  std::vector<std::vector<int>> ran(kThreads);
  std::latch all(std::ptrdiff_t{kThreads} * kPieces);
  std::set<std::thread::id> threads;
  {
    std::vector<std::jthread> posters;
    for (std::size_t t = 0; t < kThreads; ++t) {
      posters.emplace_back([&, t] {
        for (int i = 0; i < kPieces; ++i) {
          loop->post([&, t, i] {
            ran[t].push_back(i);
            threads.insert(std::this_thread::get_id());
            all.count_down();
          });
        }
      });
    }
  }
  all.wait();
  EXPECT_EQ(threads.size(), 1U);
  for (const auto& order : ran) {
    EXPECT_EQ(order.size(), static_cast<std::size_t>(kPieces));
    EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
  }
}

TEST(NetLoopTest, FiresTimersByTimeAndThenByOrder) {
  ManualClock clock;
  RunningLoop loop({}, clock);
  std::vector<int> fired;
  const SteadyTime now = clock.steady_now();
  on_loop(loop, [&] {
    loop->at(now + seconds(3), [&] { fired.push_back(3); });
    loop->at(now + seconds(1), [&] { fired.push_back(1); });
    loop->at(now + seconds(2), [&] { fired.push_back(20); });
    loop->at(now + seconds(2), [&] { fired.push_back(21); });
  });
  clock.advance(milliseconds(1999));
  on_loop(loop, [] {});
  on_loop(loop, [&] { EXPECT_EQ(fired, (std::vector<int>{1})); });
  clock.advance(seconds(5));
  on_loop(loop, [] {});
  on_loop(loop, [&] { EXPECT_EQ(fired, (std::vector<int>{1, 20, 21, 3})); });
}

TEST(NetLoopTest, WakesByItselfForATimer) {
  RunningLoop loop;
  const SystemClock clock;
  std::promise<SteadyTime> fired;
  const SteadyTime due = clock.steady_now() + milliseconds(20);
  on_loop(loop, [&] { loop->at(due, [&] { fired.set_value(clock.steady_now()); }); });
  EXPECT_GE(fired.get_future().get(), due);
}

TEST(NetLoopTest, ACallbackThatThrowsEndsTheLoopWithAnError) {
  const SystemClock clock;
  auto loop = NetLoop::create({}, clock);
  ASSERT_TRUE(loop);
  (*loop)->post([] { throw std::runtime_error("lost its place"); });
  const Status ended = (*loop)->run({});
  ASSERT_FALSE(ended);
  EXPECT_EQ(ended.error().detail, "a callback threw: lost its place");
}

TEST(NetLoopTest, AnAnswerThatThrowsEndsTheLoopAndTheOthersAreAnswered) {
  RawServer server(
      [](const ReceivedRequest&, ServerSocket& socket) { socket.send(http_answer(200, "ok")); });
  const SystemClock clock;
  NetOptions options;
  options.max_connections = 1;
  auto loop = NetLoop::create(options, clock);
  ASSERT_TRUE(loop);
  int answered = 0;
  (*loop)->post([&] {
    for (int i = 0; i < 3; ++i) {
      (*loop)->start(get(server.url()), [&](const Result<HttpResponse>&) {
        if (++answered == 1) throw std::runtime_error("answer");
      });
    }
  });
  EXPECT_FALSE((*loop)->run({}));
  EXPECT_EQ(answered, 3);
}

TEST(NetLoopTest, StopEndsTransfersUnderWayAndWaiting) {
  RawServer server([](const ReceivedRequest&, ServerSocket& socket) {
    socket.gone_within(std::chrono::minutes(1));
    socket.close();
  });
  NetOptions options;
  options.max_connections = 2;
  RunningLoop loop(options);
  std::vector<std::future<Result<HttpResponse>>> answers;
  answers.reserve(5);
  for (int i = 0; i < 5; ++i) answers.push_back(loop.send(get(server.url())));
  server.wait_for_requests(2);
  EXPECT_TRUE(loop.stop());
  for (auto& future : answers) {
    const auto answer = future.get();
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::Unreachable);
    EXPECT_EQ(answer.error().detail, "stopped");
  }
}

TEST(NetLoopTest, ARequestStartedWhileStoppingIsAnsweredToo) {
  RawServer server([](const ReceivedRequest&, ServerSocket& socket) {
    socket.gone_within(std::chrono::minutes(1));
    socket.close();
  });
  RunningLoop loop;
  std::promise<std::string> second;
  loop->post([&] {
    loop->start(get(server.url()), [&](const Result<HttpResponse>&) {
      loop->start(get(server.url()), [&](const Result<HttpResponse>& answer) {
        second.set_value(answer.error().detail);
      });
    });
  });
  server.wait_for_requests(1);
  EXPECT_TRUE(loop.stop());
  EXPECT_EQ(second.get_future().get(), "stopped");
}

TEST(NetLoopTest, DropsWorkAndTimersWhenStopped) {
  RunningLoop loop;
  auto held = std::make_shared<int>(1);
  const SystemClock clock;
  on_loop(loop, [&] { loop->at(clock.steady_now() + std::chrono::hours(1), [held] {}); });
  EXPECT_EQ(held.use_count(), 2);
  EXPECT_TRUE(loop.stop());
  loop->post([held] {});
  EXPECT_EQ(held.use_count(), 1);
}

TEST(NetLoopTest, AProxyThatIsNoneIsRefusedAtTheStart) {
  NetOptions options;
  options.proxy_url = "ftp://proxy";
  const SystemClock clock;
  const auto loop = NetLoop::create(options, clock);
  ASSERT_FALSE(loop);
  EXPECT_EQ(loop.error().kind, ErrorKind::BadConfig);
}

}  // namespace
}  // namespace restorewatch
