// Thousands of small histories, each played to the daemon and to the reference model.

#include <gtest/gtest.h>

#include <cstdlib>

#include "signals/history.h"
#include "signals/player.h"

namespace restorewatch {
namespace {

using namespace testing_signals;

/// Histories on disk are a hundred times as slow, and what can go wrong there is the store's part.
template <typename Maker>
constexpr std::uint64_t kHistories = 3000;
template <>
constexpr std::uint64_t kHistories<SqliteStoreMaker> = 40;

template <typename Maker>
std::optional<std::string> difference_in(const History& history) {
  Maker maker;
  return Player(history, maker).play();
}

template <typename Maker>
class SignalsTest : public testing::Test {
 protected:
  static void expect_no_difference(const History& history) {
    if (!difference_in<Maker>(history)) return;
    const auto fails = [](const History& shorter) {
      return difference_in<Maker>(shorter).has_value();
    };
    const History shortest = shrink(history, fails);
    FAIL() << to_text(shortest) << *difference_in<Maker>(shortest);
  }
};

TYPED_TEST_SUITE(SignalsTest, EveryStore);

/// RW_SIGNALS_SEED=n plays that one alone, RW_SIGNALS_HISTORIES=n so many.
std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  const char* const text = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe): one thread
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

TYPED_TEST(SignalsTest, TheDaemonTellsAndCountsWhatTheModelDoes) {
  const auto first = number_from("RW_SIGNALS_SEED", 1);
  const bool one = number_from("RW_SIGNALS_SEED", 0) != 0;
  const auto count = one ? 1 : number_from("RW_SIGNALS_HISTORIES", kHistories<TypeParam>);
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    this->expect_no_difference(make_history(seed));
    if (this->HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace restorewatch
