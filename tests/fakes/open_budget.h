#pragma once

#include <deque>
#include <map>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "jobs/call_budget.h"

namespace restorewatch {

/// A budget that lets everything pass at once, until the test says otherwise, and remembers what it
/// was asked and told.
class OpenBudget final : public CallBudget {
 public:
  struct Answer {
    CallBucket bucket;
    SteadyTime sent;
    BucketNews news;
  };

  explicit OpenBudget(const Clock& clock) : clock_(clock) {}

  std::optional<SteadyTime> reserve(const CallBucket& bucket) override {
    asked_.push_back(bucket);
    if (held_until(bucket)) return std::nullopt;
    return clock_.steady_now() + delay_;
  }

  std::optional<SteadyTime> held_until(const CallBucket& bucket) const override {
    const auto held = held_.find(bucket);
    if (held == held_.end() || held->second <= clock_.steady_now()) return std::nullopt;
    return held->second;
  }

  void answered(const CallBucket& bucket, SteadyTime sent, const BucketNews& news) override {
    answers_.push_back({bucket, sent, news});
  }

  /// Every call is to wait for so long.
  void delay(std::chrono::nanoseconds by) { delay_ = by; }
  void hold(const CallBucket& bucket, SteadyTime until) { held_[bucket] = until; }

  const std::vector<CallBucket>& asked() const { return asked_; }
  const std::vector<Answer>& answers() const { return answers_; }

 private:
  const Clock& clock_;
  std::chrono::nanoseconds delay_{0};
  std::map<CallBucket, SteadyTime> held_;
  std::vector<CallBucket> asked_;
  std::vector<Answer> answers_;
};

}  // namespace restorewatch
