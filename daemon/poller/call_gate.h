#pragma once

#include <chrono>
#include <functional>

#include "base/clock.h"
#include "base/log.h"
#include "base/telemetry.h"
#include "jobs/call_budget.h"
#include "poller/rate_budget.h"

namespace restorewatch {

/// The budget as everybody who calls Atlas meets it: tells the time, and tells people of pauses.
class CallGate final : public CallBudget {
 public:
  /// Both must outlive the gate.
  struct Deps {
    const Clock& clock;
    Telemetry& telemetry;
    Log log;
    /// Called when Atlas asks for a pause. May be empty.
    std::function<void()> on_hold{};
  };

  CallGate(RateBudget::Options options, Deps deps);

  std::optional<SteadyTime> reserve(const CallBucket& bucket) override;
  std::optional<SteadyTime> held_until(const CallBucket& bucket) const override;
  void answered(const CallBucket& bucket, SteadyTime sent, const BucketNews& news) override;

  void set_share(double share) { budget_.set_share(share); }

  RateBudget& budget() { return budget_; }

 private:
  RateBudget::BucketIndex find(const CallBucket& bucket) const;

  Deps deps_;
  mutable RateBudget budget_;  // learns of a bucket when it is asked about
  prometheus::Family<prometheus::Counter>& waits_;
};

}  // namespace restorewatch
