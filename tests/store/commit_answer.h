#pragma once

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <utility>

#include "jobs/job_store.h"

namespace restorewatch {

/// Far longer than anything here takes; only a hang lasts this long.
inline constexpr std::chrono::seconds kDeadline{30};

/// A commit under way.
inline std::future<CommitStatus> start_commit(JobStore& store, PollResult result) {
  auto answer = std::make_shared<std::promise<CommitStatus>>();
  auto future = answer->get_future();
  store.commit(std::move(result), [answer](CommitStatus status) { answer->set_value(status); });
  return future;
}

/// Its answer, waited for. No answer in time is a test failure.
inline CommitStatus answer_of(std::future<CommitStatus> commit) {
  if (commit.wait_for(kDeadline) == std::future_status::ready) return commit.get();
  ADD_FAILURE() << "the commit was not answered";
  return CommitStatus::Failed;
}

inline CommitStatus commit_and_wait(JobStore& store, PollResult result) {
  return answer_of(start_commit(store, std::move(result)));
}

}  // namespace restorewatch
