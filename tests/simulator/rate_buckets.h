#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>

#include "simulator/scenario.h"

namespace atlas_simulator {

/// What one bucket has met of the client under test; what others take does not count.
struct BucketCounts {
  std::int64_t calls = 0;           // those that were refused included
  std::int64_t refused = 0;         // for want of a token
  std::int64_t impatient = 0;       // that came before the wait they had been told was over
  std::int64_t busiest_minute = 0;  // most calls in any 60 s of virtual time, wherever they begin
};

/// Token buckets by name, refilled steadily. Not thread-safe.
class RateBuckets {
 public:
  struct Take {
    bool allowed = true;
    std::int64_t remaining = 0;
    std::int64_t retry_after_s = 0;  // if not allowed: when one token will be there
  };

  /// Takes one token from bucket `name`, which is full when first named.
  Take take(const std::string& name, const RateLimit& limit, VirtualTime now);

  /// The refusal just given did not say when to come back.
  void told_nothing(const std::string& name) { buckets_.at(name).told_to_wait_until = {}; }

  /// From now on others take so many tokens a minute, as far as there are any.
  void drain(const std::string& name, const RateLimit& limit, std::int64_t calls_a_minute,
             VirtualTime now);

  std::map<std::string, BucketCounts> counts() const;

 private:
  struct Bucket {
    double tokens;
    VirtualTime counted;
    std::int64_t drained_a_minute = 0;
    VirtualTime told_to_wait_until{};
    std::deque<VirtualTime> last_minute{};
    BucketCounts counts{};
  };

  Bucket& refilled(const std::string& name, const RateLimit& limit, VirtualTime now);
  static void count(Bucket& bucket, VirtualTime now);

  std::map<std::string, Bucket> buckets_;
};

}  // namespace atlas_simulator
