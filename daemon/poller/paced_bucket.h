#pragma once

#include <chrono>
#include <optional>

#include "base/time.h"
#include "jobs/call_budget.h"

namespace restorewatch {

/// One of Atlas's token buckets as far as we may draw from it: our share of its refill, call by
/// call. In no minute, wherever it begins, are there more calls than that share and one in a
/// hundred on top, which makes up for timers that come late. It begins empty: the calls of the
/// minute before, which an earlier process may have made, are not made again.
/// Its capacity is left to those who share the bucket. Not thread-safe.
class PacedBucket {
 public:
  /// `share`: (0, 1].
  PacedBucket(RateLimit limit, double share, SteadyTime now);

  /// From now on; the places that calls have taken stay taken.
  void set(RateLimit limit, double share);

  /// Our share of the refill.
  double calls_a_minute() const;

  /// When a call may be made, from `now` on.
  SteadyTime earliest(SteadyTime now) const;

  /// Counts a call made at `at`.
  void take(SteadyTime at);

  /// Atlas says how many tokens are left: others may have drawn some.
  void told_remaining(double remaining, SteadyTime now);

 private:
  double left_at(SteadyTime time) const;

  RateLimit limit_;
  double share_;
  std::chrono::nanoseconds spacing_{0};  // between calls in the long run
  std::chrono::nanoseconds slack_{0};    // how far ahead of that pace calls may get
  SteadyTime paid_until_;                // the time by which the calls so far are evenly spent
  std::optional<double> left_;           // in Atlas's bucket, as of left_since_
  SteadyTime left_since_;
};

}  // namespace restorewatch
