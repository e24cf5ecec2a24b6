#include "app/rule_watch.h"

#include <gtest/gtest.h>

#include "fakes/fake_clock.h"

namespace restorewatch {
namespace {

class RuleWatchTest : public testing::Test {
 protected:
  static std::shared_ptr<Inventory> inventory(const char* cluster) {
    auto made = std::make_shared<Inventory>();
    made->settled = true;
    made->projects.resize(1);
    made->projects[0].clusters.resize(1);
    made->projects[0].clusters[0].cluster.name = cluster;
    return made;
  }

  static Rules held_to_something(const char* cluster) {
    Rules rules;
    rules.objectives.resize(1);
    rules.objectives[0].clusters.cluster = cluster;
    return rules;
  }

  template <typename Work>
  static std::string said(Work work) {
    testing::internal::CaptureStderr();
    work();
    return testing::internal::GetCapturedStderr();
  }

  ManualClock clock_;
  RuleWatch watch_{held_to_something("orders"), Log(clock_, {LogLevel::Info, LogFormat::Logfmt})};
};

TEST_F(RuleWatchTest, ARuleThatPicksNothingIsSaidOnce) {
  EXPECT_EQ(said([&] { watch_.look(inventory("orders")); }), "");
  const std::string words = said([&] { watch_.look(inventory("other")); });
  EXPECT_NE(words.find("rules=objectives[0]"), std::string::npos) << words;
  EXPECT_EQ(said([&] { watch_.look(inventory("another")); }), "");
  EXPECT_EQ(said([&] { watch_.look(inventory("orders")); }), "");
  EXPECT_NE(said([&] { watch_.look(inventory("other")); }), "") << "it is news again";
}

TEST_F(RuleWatchTest, AReloadIsJudgedByWhatIsKnown) {
  EXPECT_EQ(said([&] { watch_.set_rules(held_to_something("other")); }), "") << "nothing is known";
  EXPECT_NE(said([&] { watch_.look(inventory("orders")); }), "");
  EXPECT_NE(said([&] { watch_.set_rules(held_to_something("ordres")); }), "");
  EXPECT_EQ(said([&] { watch_.set_rules(held_to_something("orders")); }), "");
}

TEST_F(RuleWatchTest, WhatWasNotAnsweredWellProvesNothing) {
  const auto hidden = inventory("other");
  hidden->projects[0].problem = Error{ErrorKind::Other, "cannot be listed"};
  EXPECT_EQ(said([&] { watch_.look(hidden); }), "");
}

}  // namespace
}  // namespace restorewatch
