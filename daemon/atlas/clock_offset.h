#pragma once

#include <chrono>
#include <optional>

#include "atlas/api_metrics.h"
#include "base/clock.h"
#include "base/http_transport.h"
#include "base/log.h"

namespace restorewatch {

/// How far Atlas's clock is ahead of ours, from the Date of its answers (RFC 9110, 6.6.1: whole
/// seconds). Says it when ours is off, and when it is right again. On the loop's thread only.
class ClockOffset {
 public:
  ClockOffset(const Clock& clock, ApiMetrics& metrics, Log log)
      : clock_(clock), metrics_(metrics), log_(std::move(log)) {}

  /// Takes an answer that has just come in, and gives Atlas's time of it; absent if it tells none.
  std::optional<WallTime> heard(const HttpResponse& response);

  /// Negative: ours is ahead. Good to about a second; a clock of ours that jumps shows at once.
  /// Absent until the first answer.
  std::optional<std::chrono::milliseconds> get() const;

 private:
  void tell(std::chrono::milliseconds offset);

  const Clock& clock_;
  ApiMetrics& metrics_;
  Log log_;
  std::optional<WallTime> atlas_now_;  // at heard_at_
  SteadyTime heard_at_;
  bool told_ = false;  // that ours is off
};

}  // namespace restorewatch
