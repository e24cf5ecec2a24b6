#include "simulator/rate_buckets.h"

#include <algorithm>
#include <cmath>

namespace atlas_simulator {
namespace {

double per_millisecond(const RateLimit& limit) {
  return static_cast<double>(limit.refill) / static_cast<double>(limit.per.count());
}

}  // namespace

/// As it is now: with what has come in, and without what others have taken.
RateBuckets::Bucket& RateBuckets::refilled(const std::string& name, const RateLimit& limit,
                                           VirtualTime now) {
  constexpr double kMinute = 60'000;
  const auto capacity = static_cast<double>(limit.capacity);
  Bucket& bucket = buckets_.try_emplace(name, Bucket{capacity, now}).first->second;
  const auto passed = static_cast<double>((now - bucket.counted).count());
  const double drained = static_cast<double>(bucket.drained_a_minute) / kMinute;
  const double gained = passed * (per_millisecond(limit) - drained);
  bucket.tokens = std::clamp(bucket.tokens + gained, 0.0, capacity);
  bucket.counted = now;
  return bucket;
}

void RateBuckets::count(Bucket& bucket, VirtualTime now) {
  ++bucket.counts.calls;
  if (now < bucket.told_to_wait_until) ++bucket.counts.impatient;
  bucket.last_minute.push_back(now);
  while (bucket.last_minute.front() <= now - std::chrono::minutes(1)) {
    bucket.last_minute.pop_front();
  }
  const auto in_it = static_cast<std::int64_t>(bucket.last_minute.size());
  bucket.counts.busiest_minute = std::max(bucket.counts.busiest_minute, in_it);
}

RateBuckets::Take RateBuckets::take(const std::string& name, const RateLimit& limit,
                                    VirtualTime now) {
  Bucket& bucket = refilled(name, limit, now);
  count(bucket, now);
  if (bucket.tokens >= 1) {
    bucket.tokens -= 1;
    return {true, static_cast<std::int64_t>(bucket.tokens), 0};
  }
  ++bucket.counts.refused;
  const double wait_ms = (1 - bucket.tokens) / per_millisecond(limit);
  const auto wait_s =
      std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil(wait_ms / 1000)));
  bucket.told_to_wait_until = now + std::chrono::seconds(wait_s);
  return {false, 0, wait_s};
}

void RateBuckets::drain(const std::string& name, const RateLimit& limit,
                        std::int64_t calls_a_minute, VirtualTime now) {
  refilled(name, limit, now).drained_a_minute = calls_a_minute;
}

std::map<std::string, BucketCounts> RateBuckets::counts() const {
  std::map<std::string, BucketCounts> all;
  for (const auto& [name, bucket] : buckets_) all.emplace(name, bucket.counts);
  return all;
}

}  // namespace atlas_simulator
