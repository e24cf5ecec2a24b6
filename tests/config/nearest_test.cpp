#include "config/nearest.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

namespace restorewatch {
namespace {

constexpr std::array<std::string_view, 4> kKnown{"interval", "page_size", "path", "log"};

TEST(NearestTest, SeesThroughOneSlip) {
  EXPECT_EQ(nearest("intervall", kKnown), "interval");
  EXPECT_EQ(nearest("intrval", kKnown), "interval");
  EXPECT_EQ(nearest("pagesize", kKnown), "page_size");
  EXPECT_EQ(nearest("page-size", kKnown), "page_size");
  EXPECT_EQ(nearest("lgo", kKnown), "log");
}

TEST(NearestTest, DoesNotGuessWildly) {
  EXPECT_FALSE(nearest("timeout", kKnown));
  EXPECT_FALSE(nearest("", kKnown));
  EXPECT_FALSE(nearest("elg", kKnown));
  EXPECT_FALSE(nearest(std::string(65, 'x'), kKnown));
  EXPECT_FALSE(nearest("log", {}));
}

TEST(NearestTest, PrefersTheCloser) {
  constexpr std::array<std::string_view, 2> kKeys{"client_id", "client_ip"};
  EXPECT_EQ(nearest("clientip", kKeys), "client_ip");
}

}  // namespace
}  // namespace restorewatch
