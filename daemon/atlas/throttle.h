#pragma once

#include <chrono>
#include <optional>

#include "atlas/error_body.h"
#include "base/http_transport.h"
#include "base/time.h"
#include "jobs/call_budget.h"

namespace restorewatch {

/// What an error answer says of when to come back, and of the bucket that was empty.
struct Throttle {
  std::optional<std::chrono::seconds> retry_after{};  // a day at most
  std::optional<RateLimit> limit{};
};

/// From Retry-After (seconds, or a date, which is compared with the answer's own Date, else with
/// `now`) and from the body's parameters; where both say how long to wait, the longer counts.
/// Numbers that make no sense are passed over.
///
/// Source: the documentation on rate limits: RATE_LIMITED_TOKEN_BUCKET has [path, seconds to wait,
/// capacity, refill, seconds that a refill takes]. Answers of the older limiter, RATE_LIMITED, have
/// [path, calls, minutes]: so many calls in so many minutes.
Throttle read_throttle(const HttpResponse& response, const ErrorBody& body, WallTime now);

}  // namespace restorewatch
