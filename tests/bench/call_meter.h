#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "base/time.h"
#include "jobs/call_budget.h"

namespace restorewatch::testing_fleet {

enum class CallKind : std::uint8_t { FirstPage, FurtherPage, Single };
inline constexpr std::size_t kCallKindCount = 3;

/// Atlas's side of the rate limits: a token bucket each, and what was called how often. It is told
/// times in order. Not thread-safe.
class CallMeter {
 public:
  using BucketNumber = std::size_t;

  /// What the calls of a stretch of time came to.
  struct Period {
    std::uint64_t calls = 0;
    std::array<std::uint64_t, kCallKindCount> by_kind{};
    std::uint64_t refused = 0;
    std::uint64_t impatient = 0;       // sent though a Retry-After was not over
    std::size_t most_in_a_second = 0;  // of the whole fleet, in any sliding second
    std::size_t most_in_ten_seconds = 0;
    std::vector<std::size_t> most_in_a_minute;  // of each bucket, in any sliding minute
  };

  struct Taken {
    bool allowed = true;
    double remaining = 0;
    std::chrono::seconds retry_after{0};  // of a refusal
  };

  CallMeter(std::size_t buckets, RateLimit limit);

  /// Begins a new period and returns the one before.
  Period begin_period();
  const Period& period() const { return period_; }

  Taken take(BucketNumber number, CallKind kind, SteadyTime now);

  /// A refusal has reached its caller, who from now on may be expected to wait.
  void told_to_wait(BucketNumber number, SteadyTime until);

  /// Somebody else takes every token of the bucket until then.
  void drain(BucketNumber bucket, SteadyTime until) { buckets_[bucket].drained_until = until; }

 private:
  struct Bucket {
    double tokens;
    SteadyTime counted{};
    SteadyTime drained_until{};
    SteadyTime told_to_wait_until{};
    std::deque<SteadyTime> last_minute{};
  };

  void count(BucketNumber number, CallKind kind, SteadyTime now);

  RateLimit limit_;
  std::vector<Bucket> buckets_;
  std::deque<SteadyTime> last_ten_seconds_;
  std::deque<SteadyTime> last_second_;
  Period period_;
};

}  // namespace restorewatch::testing_fleet
