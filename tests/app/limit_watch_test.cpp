#include "app/limit_watch.h"

#include <gtest/gtest.h>

#include "fakes/fake_loop.h"
#include "fakes/open_budget.h"

namespace restorewatch {
namespace {

using std::chrono::hours;

ProjectId id_of(std::uint8_t number) {
  ProjectId id;
  id.bytes[11] = number;
  return id;
}

class LimitWatchTest : public testing::Test {
 protected:
  static std::shared_ptr<const Inventory> inventory(const std::vector<std::uint8_t>& numbers) {
    auto made = std::make_shared<Inventory>();
    for (const std::uint8_t number : numbers) {
      InventoryProject project;
      project.project.id = id_of(number);
      project.credentials = {"main"};
      project.clusters.emplace_back();
      project.clusters.back().sources.emplace_back();
      made->projects.push_back(std::move(project));
    }
    return made;
  }

  LimitWatch make(bool enabled) {
    return {enabled,
            {loop_, clock_, budget_, Log(clock_, {LogLevel::Warn, LogFormat::Logfmt}),
             [this](const ProjectId& id, const std::vector<std::string>&, LimitsDone done) {
               asked_.push_back(id.bytes[11]);
               pending_ = std::move(done);
             }}};
  }

  void answer(const Result<std::vector<SetLimit>>& limits) {
    std::exchange(pending_, nullptr)(limits);
  }

  ManualClock clock_{parse_time("2026-08-10T09:42:00Z").value()};
  FakeLoop loop_{clock_};
  OpenBudget budget_{clock_};
  std::vector<int> asked_;
  LimitsDone pending_;
};

const std::vector<SetLimit> kLimits{{"clusters", {70, 20}}};

TEST_F(LimitWatchTest, AsksOneProjectAtATimeAndTellsTheBudget) {
  LimitWatch watch = make(true);
  watch.watch(inventory({1, 2}));
  EXPECT_EQ(asked_, (std::vector<int>{1}));
  answer(kLimits);
  EXPECT_EQ(asked_, (std::vector<int>{1, 2}));
  ASSERT_EQ(budget_.answers().size(), 1U);
  const OpenBudget::Answer& told = budget_.answers().front();
  EXPECT_EQ(told.bucket, (CallBucket{to_string(id_of(1)), "clusters"}));
  EXPECT_EQ(told.sent, SteadyTime::min());
  EXPECT_EQ(told.news.limit, (RateLimit{70, 20}));
  EXPECT_FALSE(told.news.throttled);
}

TEST_F(LimitWatchTest, AsksAgainAfterADayAndNotBefore) {
  LimitWatch watch = make(true);
  watch.watch(inventory({1}));
  answer(kLimits);
  loop_.run_for(hours(23));
  watch.watch(inventory({1, 2}));
  answer(kLimits);
  EXPECT_EQ(asked_, (std::vector<int>{1, 2}));
  loop_.run_for(hours(1));
  EXPECT_EQ(asked_, (std::vector<int>{1, 2, 1}));
}

TEST_F(LimitWatchTest, AsksAgainAnHourAfterAFailure) {
  LimitWatch watch = make(true);
  watch.watch(inventory({1}));
  answer(Error{ErrorKind::Throttled, "too many"});
  loop_.run_for(std::chrono::minutes(59));
  EXPECT_EQ(asked_, (std::vector<int>{1}));
  loop_.run_for(std::chrono::minutes(1));
  EXPECT_EQ(asked_, (std::vector<int>{1, 1}));
  answer(kLimits);
  loop_.run_for(hours(23));
  EXPECT_EQ(asked_, (std::vector<int>{1, 1}));
}

TEST_F(LimitWatchTest, AProjectThatIsGoneIsForgotten) {
  LimitWatch watch = make(true);
  watch.watch(inventory({1}));
  watch.watch(inventory({}));
  answer(kLimits);
  EXPECT_TRUE(budget_.answers().empty());
  loop_.run_for(hours(25));
  EXPECT_EQ(asked_, (std::vector<int>{1}));
}

TEST_F(LimitWatchTest, AProjectWithoutTargetsIsNotAsked) {
  auto bare = std::make_shared<Inventory>(*inventory({1}));
  bare->projects[0].clusters[0].sources.clear();
  LimitWatch watch = make(true);
  watch.watch(bare);
  EXPECT_TRUE(asked_.empty());
}

TEST_F(LimitWatchTest, AsksNothingUnlessItIsEnabled) {
  LimitWatch watch = make(false);
  watch.watch(inventory({1}));
  EXPECT_TRUE(asked_.empty());
  watch.set_enabled(true);
  EXPECT_EQ(asked_, (std::vector<int>{1}));
  answer(kLimits);
  watch.set_enabled(false);
  loop_.run_for(hours(25));
  EXPECT_EQ(asked_, (std::vector<int>{1}));
}

TEST_F(LimitWatchTest, AsksNothingOnceStopped) {
  LimitWatch watch = make(true);
  watch.watch(inventory({1, 2}));
  watch.stop();
  answer(kLimits);
  EXPECT_EQ(asked_, (std::vector<int>{1}));
  EXPECT_TRUE(budget_.answers().empty());
}

TEST_F(LimitWatchTest, AFailureIsSaidOnceAndTheProjectIsAskedAgain) {
  testing::internal::CaptureStderr();
  LimitWatch watch = make(true);
  watch.watch(inventory({1}));
  for (int day = 0; day < 2; ++day) {
    answer(Error{ErrorKind::Forbidden, "no role"});
    loop_.run_for(hours(24));
  }
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_NE(log.find("no role"), std::string::npos);
  EXPECT_EQ(log.find("no role"), log.rfind("no role")) << log;
  EXPECT_EQ(asked_.size(), 3U);
}

}  // namespace
}  // namespace restorewatch
