#pragma once

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <utility>

#include "store/commit_answer.h"
#include "store/sqlite_store.h"

namespace restorewatch {

/// Keeps the store's thread inside a commit's answer, so that what comes next has to wait.
class BusyThread {
 public:
  explicit BusyThread(SqliteStore& store) {
    PollResult unchanged;
    auto reached = std::make_shared<std::promise<void>>();
    auto gate = gate_.get_future().share();
    auto entered = reached->get_future();
    store.commit(unchanged, [reached, gate](CommitStatus) {
      reached->set_value();
      gate.wait_for(kDeadline);
    });
    EXPECT_EQ(entered.wait_for(kDeadline), std::future_status::ready);
  }
  ~BusyThread() { release(); }

  void release() {
    if (!std::exchange(released_, true)) gate_.set_value();
  }

 private:
  std::promise<void> gate_;
  bool released_ = false;
};

}  // namespace restorewatch
