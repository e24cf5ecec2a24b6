#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "simulator/scenario.h"

namespace atlas_simulator {

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

  std::int64_t refused() const { return refused_; }

  /// Requests that came before the wait they had been told was over.
  std::int64_t impatient() const { return impatient_; }

 private:
  struct Bucket {
    double tokens;
    VirtualTime counted;
    VirtualTime told_to_wait_until{};
  };

  std::map<std::string, Bucket> buckets_;
  std::int64_t refused_ = 0, impatient_ = 0;
};

}  // namespace atlas_simulator
