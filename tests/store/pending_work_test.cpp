// What the watchdog is told of the store's work; the rest is tested through the store.

#include "store/pending_work.h"

#include <gtest/gtest.h>

#include "fakes/fake_clock.h"

namespace restorewatch {
namespace {

class PendingWorkProgressTest : public testing::Test {
 protected:
  void submit() {
    WaitingCommit commit{Change(std::vector<Note>{}), [](CommitStatus) {}};
    ASSERT_TRUE(work_.submit(commit));
  }
  void expect(std::uint64_t done, bool has_work) const {
    EXPECT_EQ(work_.progress().done, done);
    EXPECT_EQ(work_.progress().has_work, has_work);
  }

  ManualClock clock_;
  PendingWork work_{clock_, {}, {}};
};

TEST_F(PendingWorkProgressTest, ThereIsWorkWhileSomethingWaits) {
  expect(0, false);
  submit();
  expect(0, true);
}

TEST_F(PendingWorkProgressTest, ABatchIsWorkUntilTheNextOneIsAskedFor) {
  submit();
  ASSERT_TRUE(work_.take());
  expect(0, true);
  submit();
  ASSERT_TRUE(work_.take());
  expect(1, true);
  work_.close();
  EXPECT_FALSE(work_.take());
  expect(2, false);
}

TEST_F(PendingWorkProgressTest, WhatMayWaitForCompanyIsNoWorkYet) {
  work_.advance("log", 1);
  expect(0, false);
  work_.close();
  ASSERT_TRUE(work_.take());
  expect(0, true);
}

}  // namespace
}  // namespace restorewatch
