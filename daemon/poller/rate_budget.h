#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <random>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "jobs/call_budget.h"
#include "poller/backoff.h"
#include "poller/paced_bucket.h"

namespace restorewatch {

/// What we may ask of Atlas, bucket by bucket. Does nothing itself and has no clock of its own.
/// Limits are the documented ones until answers tell others. Not thread-safe.
class RateBudget {
 public:
  using BucketIndex = std::size_t;  // from 0, in the order of find()
  /// The documented limit of an endpoint set; absent: not documented.
  using DocumentedLimit = std::function<std::optional<RateLimit>(std::string_view)>;

  struct Options {
    double share = 0.5;  // of every limit; (0, 1]
    DocumentedLimit documented;
    std::uint64_t seed = 0;  // of the random part of waits: another one for each process
  };

  /// Calls that are not to be made for a while.
  struct Hold {
    SteadyTime until;
    bool asked_for = false;  // Atlas said how long
  };

  explicit RateBudget(Options options);

  /// The bucket's number for as long as the budget lives.
  BucketIndex find(const CallBucket& bucket, SteadyTime now);

  /// See CallBudget.
  std::optional<SteadyTime> reserve(BucketIndex index, SteadyTime now);
  std::optional<SteadyTime> held_until(BucketIndex index, SteadyTime now) const;

  /// When the next call may be made: now, or when the pace or a hold allows it.
  SteadyTime ready_at(BucketIndex index, SteadyTime now) const;

  /// Our share of the bucket's refill.
  double calls_a_minute(BucketIndex index) const { return buckets_[index].paced.calls_a_minute(); }

  /// Takes in what an answer to a call sent at `sent` tells. Returns the hold that begins, or is
  /// prolonged, by it.
  std::optional<Hold> answered(BucketIndex index, SteadyTime sent, SteadyTime now,
                               const BucketNews& news);

  void set_share(double share);

 private:
  struct Bucket {
    RateLimit base;   // documented, or told in full
    RateLimit limit;  // that counts now
    PacedBucket paced;
    Backoff backoff{};
  };

  RateLimit documented(std::string_view endpoint_set) const;
  void learn(Bucket& bucket, const BucketNews& news) const;

  Options options_;
  std::map<CallBucket, BucketIndex> indexes_;
  std::vector<Bucket> buckets_;
  std::mt19937_64 random_;
};

}  // namespace restorewatch
