#include "atlas/throttle.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "base/http_date.h"
#include "base/retry_after.h"

namespace restorewatch {
namespace {

using std::chrono::seconds;

constexpr std::int64_t kDay = 86'400;
constexpr std::int64_t kMostCalls = 1'000'000;  // a hundred times the largest documented limit

std::optional<std::int64_t> parameter(const ErrorBody& body, std::size_t at, std::int64_t most) {
  if (at >= body.parameters.size()) return std::nullopt;
  const std::string& text = body.parameters[at];
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_whole = error == std::errc() && end == text.data() + text.size();
  return is_whole && number >= 1 && number <= most ? std::optional(number) : std::nullopt;
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
  const auto date = response.headers.find("date");
  const auto served_at =
      date == response.headers.end() ? std::nullopt : parse_http_date(date->second);
  return parse_retry_after(found->second, served_at.value_or(now));
}

}  // namespace

Throttle read_throttle(const HttpResponse& response, const ErrorBody& body, WallTime now) {
  Throttle told = of_body(body, now);
  told.retry_after = std::max(told.retry_after, of_header(response, now));  // absent is the least
  return told;
}

}  // namespace restorewatch
