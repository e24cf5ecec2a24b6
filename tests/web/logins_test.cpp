#include "web/logins.h"

#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "base/base64.h"
#include "fakes/fake_clock.h"

namespace restorewatch {
namespace {

using namespace std::chrono_literals;

std::string basic(const std::string& user, const std::string& password) {
  return "Basic " + base64(user + ":" + password);
}

std::string hash_of(char salt, const std::string& cost = "04") {
  return "$2b$" + cost + "$" + std::string(53, salt);
}

/// Logins with hashing that takes as long as the test says, and whose "hash" of a password is known
/// by its salt.
class LoginsTest : public testing::Test {
 protected:
  void TearDown() override { stop(); }

  bool matches(const std::string& hash, const std::string& password) {
    clock_.advance(takes_);
    const std::lock_guard lock(mutex_);
    hashed_.push_back(hash);
    if (during_) std::exchange(during_, nullptr)();
    return right_.contains({hash, password});
  }

  std::future<Admission> ask(const std::string& authorization) {
    auto answer = std::make_shared<std::promise<Admission>>();
    auto future = answer->get_future();
    logins_.admit(authorization, [answer](Admission admission) { answer->set_value(admission); });
    return future;
  }
  Admission answer_to(const std::string& authorization) { return ask(authorization).get(); }

  void start() {
    thread_ = std::jthread([this](std::stop_token stop) { logins_.run(std::move(stop)); });
  }
  void stop() {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
  }

  std::size_t times_hashed() {
    const std::lock_guard lock(mutex_);
    return hashed_.size();
  }

  ManualClock clock_;
  Telemetry telemetry_;
  std::chrono::nanoseconds takes_ = 60ms;
  std::mutex mutex_;  // guards what matches() touches
  std::vector<std::string> hashed_;
  std::set<std::pair<std::string, std::string>> right_{{hash_of('a'), "secret"},
                                                       {hash_of('b'), "other"}};
  std::function<void()> during_;
  Logins logins_{{clock_, telemetry_, [this](const auto& hash, const auto& password) {
                    return matches(hash, password);
                  }}};
  std::jthread thread_;
};

TEST_F(LoginsTest, WithoutUsersEverybodyComesInUnhashed) {
  EXPECT_EQ(answer_to(""), Admission::Admitted);
  EXPECT_EQ(answer_to(basic("alice", "secret")), Admission::Admitted);
  EXPECT_EQ(answer_to("Bearer abc"), Admission::Admitted);
}

TEST_F(LoginsTest, WhoSendsNoNameAndPasswordIsRefusedAtOnce) {
  logins_.set_users({{"alice", hash_of('a')}});
  for (const char* const wrong :
       {"", "Basic", "Basic ", "Basic !!!", "Basic YWJj", "Bearer YTpi", "BasicYTpi"}) {
    EXPECT_EQ(answer_to(wrong), Admission::Unauthorized) << wrong;
  }
}

TEST_F(LoginsTest, ARightPairIsHashedOnceAndThenKnown) {
  logins_.set_users({{"alice", hash_of('a')}});
  start();
  EXPECT_EQ(answer_to(basic("alice", "secret")), Admission::Admitted);
  stop();
  EXPECT_EQ(answer_to(basic("alice", "secret")), Admission::Admitted) << "nobody hashes any more";
  EXPECT_EQ(times_hashed(), 1U);
}

TEST_F(LoginsTest, AWrongPairIsHashedEachTimeAndTheNameMakesNoDifference) {
  logins_.set_users({{"alice", hash_of('a', "04")}, {"bob", hash_of('b', "06")}});
  start();
  EXPECT_EQ(answer_to(basic("alice", "wrong")), Admission::Unauthorized);
  EXPECT_EQ(answer_to(basic("alice", "wrong")), Admission::Unauthorized);
  EXPECT_EQ(answer_to(basic("nobody", "secret")), Admission::Unauthorized);
  stop();
  ASSERT_EQ(hashed_.size(), 3U);
  EXPECT_EQ(hashed_[2].substr(0, 7), "$2b$06$") << "as dear as the dearest";
}

TEST_F(LoginsTest, NobodyComesInByTheHashOfNobody) {
  logins_.set_users({{"alice", hash_of('a')}});
  right_.insert({"$2b$04$" + std::string(53, '.'), "guessed"});
  start();
  EXPECT_EQ(answer_to(basic("nobody", "guessed")), Admission::Unauthorized);
}

TEST_F(LoginsTest, OnesPasswordIsNotAnothers) {
  logins_.set_users({{"alice", hash_of('a')}, {"bob", hash_of('b')}});
  start();
  EXPECT_EQ(answer_to(basic("alice", "secret")), Admission::Admitted);
  EXPECT_EQ(answer_to(basic("bob", "other")), Admission::Admitted);
  EXPECT_EQ(answer_to(basic("bob", "secret")), Admission::Unauthorized);
}

TEST_F(LoginsTest, AFloodOfWrongPasswordsLocksNobodyOutWhoIsKnown) {
  logins_.set_users({{"alice", hash_of('a')}});
  start();
  EXPECT_EQ(answer_to(basic("alice", "secret")), Admission::Admitted);
  int refused = 0;
  int busy = 0;
  for (int i = 0; i < 1000; ++i) {
    (answer_to(basic("alice", std::to_string(i))) == Admission::Busy ? busy : refused) += 1;
  }
  // Two seconds' worth of 60 ms each, and the little that comes in meanwhile.
  EXPECT_GE(refused, 33);
  EXPECT_LE(refused, 40);
  EXPECT_EQ(refused + busy, 1000);
  EXPECT_EQ(answer_to(basic("alice", "secret")), Admission::Admitted);
  clock_.advance(60s);
  EXPECT_EQ(answer_to(basic("alice", "wrong")), Admission::Unauthorized) << "time heals";
}

TEST_F(LoginsTest, OnlySoManyWaitAndTheOthersAreBusy) {
  logins_.set_users({{"alice", hash_of('a')}});
  std::vector<std::future<Admission>> waiting;
  for (std::size_t i = 0; i < Logins::kMaxWaiting; ++i) {
    waiting.push_back(ask(basic("alice", "secret")));
  }
  EXPECT_EQ(answer_to(basic("alice", "secret")), Admission::Busy);
  start();
  for (auto& answer : waiting) EXPECT_EQ(answer.get(), Admission::Admitted);
  EXPECT_EQ(times_hashed(), 1U) << "the others are known by then";
}

TEST_F(LoginsTest, AChangedHashIsKnownNoMoreAndAnUnchangedOneIs) {
  logins_.set_users({{"alice", hash_of('a')}, {"bob", hash_of('b')}});
  start();
  EXPECT_EQ(answer_to(basic("alice", "secret")), Admission::Admitted);
  EXPECT_EQ(answer_to(basic("bob", "other")), Admission::Admitted);
  logins_.set_users({{"alice", hash_of('c')}, {"bob", hash_of('b')}});
  EXPECT_EQ(answer_to(basic("alice", "secret")), Admission::Unauthorized);
  EXPECT_EQ(answer_to(basic("bob", "other")), Admission::Admitted);
  EXPECT_EQ(times_hashed(), 3U);
}

TEST_F(LoginsTest, UsersThatChangeWhileOneIsHashedCountForHim) {
  logins_.set_users({{"alice", hash_of('a')}});
  during_ = [this] { logins_.set_users({{"alice", hash_of('c')}}); };
  start();
  EXPECT_EQ(answer_to(basic("alice", "secret")), Admission::Unauthorized);
  EXPECT_EQ(answer_to(basic("alice", "secret")), Admission::Unauthorized) << "was not noted either";
}

TEST_F(LoginsTest, AtTheEndWhoWaitsAndWhoComesLaterIsBusy) {
  logins_.set_users({{"alice", hash_of('a')}});
  std::stop_source stop;
  stop.request_stop();
  auto waiting = ask(basic("alice", "secret"));
  logins_.run(stop.get_token());
  EXPECT_EQ(waiting.get(), Admission::Busy);
  EXPECT_EQ(answer_to(basic("alice", "secret")), Admission::Busy);
}

/// For the thread sanitizer: users change while several ask.
TEST_F(LoginsTest, ManyMayAskAtOnce) {
  logins_.set_users({{"alice", hash_of('a')}});
  start();
  std::atomic<int> admitted = 0;
  {
    std::vector<std::jthread> clients;
    for (int i = 0; i < 4; ++i) {
      clients.emplace_back([&] {
        for (int n = 0; n < 50; ++n) {
          if (answer_to(basic("alice", "secret")) == Admission::Admitted) ++admitted;
        }
      });
    }
    for (int n = 0; n < 20; ++n) {
      logins_.set_users({{"alice", hash_of(n % 2 == 0 ? 'c' : 'a')}});
    }
  }
  EXPECT_GT(admitted, 0);
}

}  // namespace
}  // namespace restorewatch
