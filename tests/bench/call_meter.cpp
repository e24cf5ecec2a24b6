#include "bench/call_meter.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace restorewatch::testing_fleet {
namespace {

using std::chrono::seconds;

/// What a client is told that finds a bucket empty which somebody else is draining.
constexpr seconds kWaitForOthers{20};

/// How many calls the window that ends now has, this one included.
std::size_t slide(std::deque<SteadyTime>& window, SteadyTime now, seconds width) {
  window.push_back(now);
  while (window.front() <= now - width) window.pop_front();
  return window.size();
}

}  // namespace

CallMeter::CallMeter(std::size_t buckets, RateLimit limit)
    : limit_(limit), buckets_(buckets, Bucket{limit.capacity}) {
  period_.most_in_a_minute.resize(buckets);
}

CallMeter::Period CallMeter::begin_period() {
  Period next;
  next.most_in_a_minute.resize(buckets_.size());
  return std::exchange(period_, std::move(next));
}

CallMeter::Taken CallMeter::take(BucketNumber number, CallKind kind, SteadyTime now) {
  count(number, kind, now);
  Bucket& bucket = buckets_[number];
  if (now < bucket.told_to_wait_until) ++period_.impatient;
  const double refill_a_second = limit_.refill_a_minute / 60;
  const double passed = std::chrono::duration<double>(now - bucket.counted).count();
  bucket.tokens = std::min(limit_.capacity, bucket.tokens + passed * refill_a_second);
  bucket.counted = now;
  const bool drained = now < bucket.drained_until;
  if (drained) bucket.tokens = 0;
  if (bucket.tokens >= 1) {
    bucket.tokens -= 1;
    return {true, std::floor(bucket.tokens), seconds(0)};
  }
  ++period_.refused;
  const double wait = std::ceil((1 - bucket.tokens) / refill_a_second);
  return {false, 0, drained ? kWaitForOthers : seconds(static_cast<std::int64_t>(wait))};
}

void CallMeter::count(BucketNumber number, CallKind kind, SteadyTime now) {
  ++period_.calls;
  ++period_.by_kind[static_cast<std::size_t>(kind)];
  std::size_t& most = period_.most_in_a_minute[number];
  most = std::max(most, slide(buckets_[number].last_minute, now, seconds(60)));
  period_.most_in_a_second =
      std::max(period_.most_in_a_second, slide(last_second_, now, seconds(1)));
  period_.most_in_ten_seconds =
      std::max(period_.most_in_ten_seconds, slide(last_ten_seconds_, now, seconds(10)));
}

void CallMeter::told_to_wait(BucketNumber number, SteadyTime until) {
  SteadyTime& told = buckets_[number].told_to_wait_until;
  told = std::max(told, until);
}

}  // namespace restorewatch::testing_fleet
