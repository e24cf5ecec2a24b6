#include "poller/rate_budget.h"

#include <algorithm>
#include <utility>

namespace restorewatch {
namespace {

/// Of sets that no documentation names: what most have.
constexpr RateLimit kUsualLimit{1200, 500};

/// A capacity alone says by how much a limit was raised or cut; the refill goes with it.
RateLimit scaled_to(double capacity, const RateLimit& known) {
  return {capacity, known.refill_a_minute * capacity / known.capacity};
}

/// What no limit of Atlas comes near is not believed.
constexpr double kMost = 1e6;

bool is_sane(const RateLimit& limit) {
  return limit.capacity > 0 && limit.capacity <= kMost && limit.refill_a_minute > 0 &&
         limit.refill_a_minute <= kMost;
}

}  // namespace

RateBudget::RateBudget(Options options) : options_(std::move(options)), random_(options_.seed) {}

RateLimit RateBudget::documented(std::string_view endpoint_set) const {
  const auto limit = options_.documented ? options_.documented(endpoint_set) : std::nullopt;
  return limit.value_or(kUsualLimit);
}

RateBudget::BucketIndex RateBudget::find(const CallBucket& bucket, SteadyTime now) {
  const auto [at, is_new] = indexes_.try_emplace(bucket, buckets_.size());
  if (is_new) {
    const RateLimit limit = documented(bucket.endpoint_set);
    buckets_.push_back({limit, limit, PacedBucket(limit, options_.share, now)});
  }
  return at->second;
}

std::optional<SteadyTime> RateBudget::reserve(BucketIndex index, SteadyTime now) {
  if (held_until(index, now)) return std::nullopt;
  PacedBucket& paced = buckets_[index].paced;
  const SteadyTime at = paced.earliest(now);
  paced.take(at);
  return at;
}

std::optional<SteadyTime> RateBudget::held_until(BucketIndex index, SteadyTime now) const {
  const SteadyTime until = buckets_[index].backoff.until();
  return until > now ? std::optional(until) : std::nullopt;
}

SteadyTime RateBudget::ready_at(BucketIndex index, SteadyTime now) const {
  return buckets_[index].paced.earliest(held_until(index, now).value_or(now));
}

/// A capacity alone is measured against the last limit that was known in full.
void RateBudget::learn(Bucket& bucket, const BucketNews& news) const {
  RateLimit limit = bucket.limit;
  if (news.limit && is_sane(*news.limit)) bucket.base = limit = *news.limit;
  if (news.capacity) {
    const RateLimit scaled = scaled_to(*news.capacity, bucket.base);
    if (is_sane(scaled)) limit = scaled;
  }
  if (limit == bucket.limit) return;
  bucket.limit = limit;
  bucket.paced.set(limit, options_.share);
}

std::optional<RateBudget::Hold> RateBudget::answered(BucketIndex index, SteadyTime sent,
                                                     SteadyTime now, const BucketNews& news) {
  Bucket& bucket = buckets_[index];
  learn(bucket, news);
  if (news.remaining) bucket.paced.told_remaining(std::max(*news.remaining, 0.0), now);
  if (!news.throttled) {
    bucket.backoff.succeeded(sent);
    return std::nullopt;
  }
  const auto jitter = std::generate_canonical<double, 53>(random_);
  const auto until = bucket.backoff.throttled(news.retry_after, sent, now, jitter);
  if (!until) return std::nullopt;
  return Hold{*until, news.retry_after.has_value()};
}

void RateBudget::set_share(double share) {
  if (std::exchange(options_.share, share) == share) return;
  for (Bucket& bucket : buckets_) bucket.paced.set(bucket.limit, share);
}

}  // namespace restorewatch
