#include "events/receiver_health.h"

#include <algorithm>

#include "base/retry_after.h"

namespace restorewatch {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds kFirst{1};
constexpr seconds kLongest{300};

Verdict::Kind kind_of(int status) {
  constexpr int kRequestTimeout = 408;
  constexpr int kTooManyRequests = 429;
  if (status / 100 == 2) return Verdict::Kind::Accepted;
  const bool is_down = status >= 500 || status == kRequestTimeout || status == kTooManyRequests;
  return is_down ? Verdict::Kind::Down : Verdict::Kind::Refused;
}

}  // namespace

Verdict verdict_of(const Result<HttpResponse>& answer, WallTime now) {
  if (!answer) return {Verdict::Kind::Down, answer.error().detail};
  Verdict verdict{kind_of(answer->status), "HTTP " + std::to_string(answer->status)};
  const auto asked = answer->headers.find("retry-after");
  if (verdict.kind == Verdict::Kind::Down && asked != answer->headers.end()) {
    verdict.retry_after = parse_retry_after(asked->second, now);
  }
  return verdict;
}

milliseconds retry_delay(int failures, double draw) {
  milliseconds bound = kFirst;
  for (int i = 1; i < failures && bound < kLongest; ++i) bound *= 2;
  bound = std::min<milliseconds>(bound, kLongest);
  return milliseconds(static_cast<std::int64_t>(draw * static_cast<double>(bound.count())));
}

void ReceiverHealth::failed(SteadyTime began, SteadyTime now, std::optional<seconds> retry_after,
                            double draw) {
  SteadyTime until = now + retry_after.value_or(seconds(0));
  if (failures_ == 0 || began > last_failure_) {
    last_failure_ = now;
    until = std::max<SteadyTime>(until, now + retry_delay(++failures_, draw));
  }
  paused_until_ = std::max(paused_until_, until);
}

bool ReceiverHealth::answered(SteadyTime began) {
  if (failures_ == 0 || began <= last_failure_) return false;
  failures_ = 0;
  return true;
}

bool ReceiverHealth::may_send(SteadyTime now, std::size_t in_flight) const {
  return now >= paused_until_ && (failures_ == 0 || in_flight == 0);
}

}  // namespace restorewatch
