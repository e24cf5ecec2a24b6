#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace restorewatch {

/// Calls that Atlas counts together: those to one set of endpoints, within one scope. Others draw
/// from the same bucket: everybody who uses that project or credential.
struct CallBucket {
  std::string scope;              // a project's or organization's id, or a credential's name
  std::string_view endpoint_set;  // from the table of endpoints, so it lives as long as the program

  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 sees a 0 that is not there
  auto operator<=>(const CallBucket&) const = default;
};

/// How many calls Atlas takes: a full bucket, and how fast it fills up again.
struct RateLimit {
  double capacity = 0;
  double refill_a_minute = 0;

  bool operator==(const RateLimit&) const = default;
};

/// What an answer tells of the bucket that its call was counted in.
struct BucketNews {
  std::optional<double> capacity{};                   // RateLimit-Limit
  std::optional<double> remaining{};                  // RateLimit-Remaining, after the call
  std::optional<RateLimit> limit{};                   // where the answer names it in full
  bool throttled = false;                             // a 429, or a 503 that says when to come back
  std::optional<std::chrono::seconds> retry_after{};  // of such an answer
};

/// Says when calls may be made, so that our share of each bucket is never exceeded. On the loop's
/// thread only.
class CallBudget {
 public:
  virtual ~CallBudget() = default;

  /// Counts one call and says when it may be sent: now or a little later. Absent: Atlas wants to be
  /// left alone, until held_until(); nothing is counted.
  virtual std::optional<SteadyTime> reserve(const CallBucket& bucket) = 0;

  /// Until when no call may be made; absent where there is no such time, or it has passed.
  virtual std::optional<SteadyTime> held_until(const CallBucket& bucket) const = 0;

  /// To be told of every answer. `sent` is when its call was.
  virtual void answered(const CallBucket& bucket, SteadyTime sent, const BucketNews& news) = 0;
};

}  // namespace restorewatch
