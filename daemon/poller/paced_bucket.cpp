#include "poller/paced_bucket.h"

#include <algorithm>
#include <cmath>

namespace restorewatch {
namespace {

using std::chrono::nanoseconds;
using Minutes = std::chrono::duration<double, std::ratio<60>>;

/// What a server says must not stop us for good.
constexpr double kLeastCallsAMinute = 1;

/// The part of the minute's calls that may come early.
constexpr double kLeeway = 0.01;

/// What we know of a bucket is a moment old, so that a hundredth of it is not touched; of a large
/// one not more than this, which any refill makes up for.
constexpr double kUntouched = 0.01;
constexpr double kMostUntouched = 12;

nanoseconds in_nanoseconds(Minutes time) {
  return std::chrono::duration_cast<nanoseconds>(time);
}

}  // namespace

PacedBucket::PacedBucket(RateLimit limit, double share, SteadyTime now)
    : share_(share), paid_until_(now) {
  set(limit, share);
  paid_until_ = now + slack_ + spacing_;
}

void PacedBucket::set(RateLimit limit, double share) {
  limit_ = {std::max(limit.capacity, 1.0), std::max(limit.refill_a_minute, kLeastCallsAMinute)};
  share_ = share;
  spacing_ = in_nanoseconds(Minutes(1 / calls_a_minute()));
  slack_ = spacing_ * static_cast<std::int64_t>(std::floor(calls_a_minute() * kLeeway));
}

double PacedBucket::calls_a_minute() const {
  return std::max(limit_.refill_a_minute * share_, kLeastCallsAMinute);
}

SteadyTime PacedBucket::earliest(SteadyTime now) const {
  const SteadyTime paced = std::max(now, paid_until_ - slack_);
  if (!left_) return paced;
  const double untouched = std::min(kUntouched * limit_.capacity, kMostUntouched);
  const double missing = std::min(1 + untouched, limit_.capacity) - left_at(paced);
  if (missing <= 0) return paced;
  return paced + in_nanoseconds(Minutes(missing / limit_.refill_a_minute));
}

void PacedBucket::take(SteadyTime at) {
  paid_until_ = std::max(paid_until_, at) + spacing_;
  if (!left_) return;
  left_ = left_at(at) - 1;
  left_since_ = std::max(left_since_, at);
}

void PacedBucket::told_remaining(double remaining, SteadyTime now) {
  left_ = remaining;
  left_since_ = now;
}

double PacedBucket::left_at(SteadyTime time) const {
  const Minutes passed = std::max(time - left_since_, nanoseconds(0));
  return std::min(limit_.capacity, *left_ + limit_.refill_a_minute * passed.count());
}

}  // namespace restorewatch
