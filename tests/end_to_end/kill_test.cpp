// The daemon is killed at any moment, again and again, while the jobs that it watches go on: what
// it told is true, whole, and told once; what it counted never falls and can be proved.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "end_to_end/trial.h"

namespace restorewatch {
namespace {

/// A number from the environment, for longer runs by hand: RW_KILLS, RW_SEED.
int from_environment(const char* name, int otherwise) {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing here changes the environment
  const char* const given = std::getenv(name);
  return given == nullptr ? otherwise : std::atoi(given);
}

std::string first_of(const std::vector<std::string>& findings) {
  constexpr std::size_t kShown = 20;
  std::string text;
  for (std::size_t i = 0; i < std::min(kShown, findings.size()); ++i) text += findings[i] + "\n";
  if (findings.size() > kShown) text += fmt::format("and {} more\n", findings.size() - kShown);
  return text;
}

class Kills : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(trial_.watch_begins()) << trial_.stage().daemon().err(); }

  void expect_the_truth(Steps steps) {
    const Verdict verdict = trial_.judge(steps);
    EXPECT_EQ(first_of(verdict.findings), "");
    EXPECT_GT(verdict.transitions, 0U);
    std::string moments;
    for (const Moment moment : kMoments) {
      moments += fmt::format(" {} {}", label(moment), chaos_.kills().at(moment));
    }
    std::cout << fmt::format(
        "seed {}: {} kills ({} ), {} transitions, {} event lines, {} repeated, {} deliveries, {} "
        "repeated, {} pages with {} counters\n",
        seed_, chaos_.kills_in_all(), moments, verdict.transitions, verdict.lines,
        verdict.line_repeats, verdict.deliveries, verdict.delivery_repeats,
        chaos_.counters().pages(), chaos_.counters().series());
  }

  const std::uint32_t seed_ = static_cast<std::uint32_t>(from_environment("RW_SEED", 1));
  const int kills_ = from_environment("RW_KILLS", 200);
  Trial trial_{seed_, std::chrono::seconds(300 + kills_)};
  Chaos& chaos_ = trial_.chaos();
};

// Every state stays until it was told, so nothing may be missing.
TEST_F(Kills, LoseNothingAndTellNothingTwice) {
  while (chaos_.kills_in_all() < kills_ * 3 / 4) {
    trial_.jobs().let_an_hour_pass(trial_.draw());
    for (std::uint32_t more = 1 + chaos_.below(4); more > 0; --more) chaos_.kill_at_some_moment();
    ASSERT_EQ(trial_.settle(), "") << trial_.stage().daemon().err();
  }
  expect_the_truth(Steps::All);
}

// States pass without being told; whatever ends is still counted once.
TEST_F(Kills, InAHurryStillCountEveryEndOnce) {
  while (chaos_.kills_in_all() < kills_ / 3) {
    trial_.jobs().let_an_hour_pass(trial_.draw());
    chaos_.kill_at_some_moment();
  }
  expect_the_truth(Steps::AsWitness);
}

}  // namespace
}  // namespace restorewatch
