#include "atlas/throttle.h"

#include <algorithm>
#include <cstdint>

#include "atlas/served_at.h"
#include "base/retry_after.h"
#include "base/whole_number.h"

namespace restorewatch {
namespace {

using std::chrono::seconds;

constexpr std::int64_t kDay = 86'400;
constexpr std::int64_t kMostCalls = 1'000'000;  // a hundred times the largest documented limit

std::optional<std::int64_t> parameter(const ErrorBody& body, std::size_t at, std::int64_t most) {
  if (at >= body.parameters.size()) return std::nullopt;
  const auto number = whole_number<std::int64_t>(body.parameters[at]);
  return number && *number >= 1 && *number <= most ? number : std::nullopt;
}

std::optional<RateLimit> limit_of_bucket(const ErrorBody& body) {
  const auto capacity = parameter(body, 2, kMostCalls);
  const auto refill = parameter(body, 3, kMostCalls);
  const auto interval_s = parameter(body, 4, kDay);
  if (!capacity || !refill || !interval_s) return std::nullopt;
  return RateLimit{static_cast<double>(*capacity),
                   static_cast<double>(*refill) * 60 / static_cast<double>(*interval_s)};
}

Throttle of_body(const ErrorBody& body, WallTime now) {
  Throttle told;
  if (body.code == "RATE_LIMITED_TOKEN_BUCKET") {
    if (body.parameters.size() > 1) told.retry_after = parse_retry_after(body.parameters[1], now);
    told.limit = limit_of_bucket(body);
  } else if (body.code == "RATE_LIMITED") {
    if (const auto minutes = parameter(body, 2, kDay)) {
      told.retry_after = std::min(seconds(60 * *minutes), seconds(kDay));
    }
  }
  return told;
}

std::optional<seconds> of_header(const HttpResponse& response, WallTime now) {
  const auto found = response.headers.find("retry-after");
  if (found == response.headers.end()) return std::nullopt;
  return parse_retry_after(found->second, served_at(response).value_or(now));
}

}  // namespace

Throttle read_throttle(const HttpResponse& response, const ErrorBody& body, WallTime now) {
  Throttle told = of_body(body, now);
  told.retry_after = std::max(told.retry_after, of_header(response, now));  // absent is the least
  return told;
}

}  // namespace restorewatch
