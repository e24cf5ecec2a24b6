#include "atlas/clock_offset.h"

#include "atlas/served_at.h"

namespace restorewatch {
namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;

/// More than a slow answer and a rounded second can feign.
constexpr std::chrono::seconds kOff{30};

/// What a time in whole seconds lacks on average.
constexpr milliseconds kHalfASecond{500};

}  // namespace

std::optional<WallTime> ClockOffset::heard(const HttpResponse& response) {
  const auto time = served_at(response);
  if (!time) return std::nullopt;
  // It was written somewhere between the question and now.
  atlas_now_ = *time + kHalfASecond + response.elapsed / 2;
  heard_at_ = clock_.steady_now();
  tell(*get());
  return time;
}

std::optional<milliseconds> ClockOffset::get() const {
  if (!atlas_now_) return std::nullopt;
  const auto since = duration_cast<milliseconds>(clock_.steady_now() - heard_at_);
  return *atlas_now_ + since - clock_.wall_now();
}

void ClockOffset::tell(milliseconds offset) {
  metrics_.clock_offset(offset);
  const bool off = std::chrono::abs(offset) > kOff;
  if (off == told_) return;
  told_ = off;
  const auto seconds = duration_cast<std::chrono::seconds>(offset).count();
  if (off) {
    log_.warn("this machine's and Atlas's clocks differ; is time synchronized?",
              {{"atlas_ahead_seconds", seconds}});
  } else {
    log_.info("this machine's and Atlas's clocks agree again", {{"atlas_ahead_seconds", seconds}});
  }
}

}  // namespace restorewatch
