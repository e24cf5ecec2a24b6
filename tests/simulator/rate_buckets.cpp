#include "simulator/rate_buckets.h"

#include <algorithm>
#include <cmath>

namespace atlas_simulator {
namespace {

double per_millisecond(const RateLimit& limit) {
  return static_cast<double>(limit.refill) / static_cast<double>(limit.per.count());
}

}  // namespace

RateBuckets::Take RateBuckets::take(const std::string& name, const RateLimit& limit,
                                    VirtualTime now) {
  const auto capacity = static_cast<double>(limit.capacity);
  Bucket& bucket = buckets_.try_emplace(name, Bucket{capacity, now}).first->second;
  const auto passed = static_cast<double>((now - bucket.counted).count());
  bucket.tokens = std::min(capacity, bucket.tokens + passed * per_millisecond(limit));
  bucket.counted = now;
  if (now < bucket.told_to_wait_until) ++impatient_;
  if (bucket.tokens >= 1) {
    bucket.tokens -= 1;
    return {true, static_cast<std::int64_t>(bucket.tokens), 0};
  }
  ++refused_;
  const double wait_ms = (1 - bucket.tokens) / per_millisecond(limit);
  const auto wait_s =
      std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil(wait_ms / 1000)));
  bucket.told_to_wait_until = now + std::chrono::seconds(wait_s);
  return {false, 0, wait_s};
}

}  // namespace atlas_simulator
