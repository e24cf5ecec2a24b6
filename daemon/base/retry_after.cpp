#include "base/retry_after.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <system_error>

#include "base/http_date.h"

namespace restorewatch {
namespace {

using std::chrono::seconds;

/// What a server can make us wait at most: the longest that Atlas documents is 144 s.
constexpr seconds kLongest{86'400};

std::optional<seconds> whole_seconds(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (end != text.data() + text.size() || text.starts_with('-')) return std::nullopt;
  if (error == std::errc::result_out_of_range) return kLongest;
  if (error != std::errc()) return std::nullopt;
  return std::min(seconds(number), kLongest);
}

}  // namespace

std::optional<seconds> parse_retry_after(std::string_view text, WallTime now) {
  if (const auto wait = whole_seconds(text)) return wait;
  const std::optional<WallTime> time = parse_http_date(text);
  if (!time) return std::nullopt;
  return std::clamp(std::chrono::ceil<seconds>(*time - now), seconds(0), kLongest);
}

}  // namespace restorewatch
