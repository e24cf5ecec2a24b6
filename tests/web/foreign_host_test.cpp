#include "web/foreign_host.h"

#include <gtest/gtest.h>

namespace restorewatch {
namespace {

TEST(ForeignHostTest, ANameWithOurPortIsForeign) {
  EXPECT_TRUE(is_foreign_host("evil.example:9942", 9942));
  EXPECT_TRUE(is_foreign_host("127.0.0.1.evil.example:9942", 9942));
  EXPECT_TRUE(is_foreign_host("localhost.evil.example:9942", 9942));
}

TEST(ForeignHostTest, WhatPeopleAndProxiesSayIsNot) {
  for (const char* const host :
       {"127.0.0.1:9942", "[::1]:9942", "localhost:9942", "a.localhost:9942", "backup-host:9942",
        "restorewatch.example", "restorewatch.example:8443", "restorewatch.example:19942", ""}) {
    EXPECT_FALSE(is_foreign_host(host, 9942)) << host;
  }
}

}  // namespace
}  // namespace restorewatch
