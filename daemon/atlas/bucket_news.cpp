#include "atlas/bucket_news.h"

#include <cstdint>
#include <optional>

#include "base/whole_number.h"

namespace restorewatch {
namespace {

std::optional<double> number_in(const HttpResponse& response, std::string_view header) {
  const auto found = response.headers.find(header);
  if (found == response.headers.end()) return std::nullopt;
  return whole_number<std::uint32_t>(found->second);
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
