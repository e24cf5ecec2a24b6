#include "atlas/bucket_news.h"

#include <charconv>
#include <cstdint>
#include <optional>

namespace restorewatch {
namespace {

std::optional<double> number_in(const HttpResponse& response, std::string_view header) {
  const auto found = response.headers.find(header);
  if (found == response.headers.end()) return std::nullopt;
  const std::string& text = found->second;
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

bool is_throttle(const HttpResponse& response, const ApiError& failure) {
  return failure.error.kind == ErrorKind::Throttled ||
         (response.status == 503 && failure.error.retry_after);
}

}  // namespace

BucketNews bucket_news(const HttpResponse& response, const ApiError* failure) {
  BucketNews news;
  news.capacity = number_in(response, "ratelimit-limit");
  if (news.capacity == 0.0) news.capacity.reset();  // a bucket of no size is none
  news.remaining = number_in(response, "ratelimit-remaining");
  if (failure == nullptr || !is_throttle(response, *failure)) return news;
  news.throttled = true;
  news.retry_after = failure->error.retry_after;
  news.limit = failure->limit;
  return news;
}

}  // namespace restorewatch
