#pragma once

#include <chrono>
#include <optional>

#include "base/time.h"

namespace restorewatch {

/// Atlas's clock between its answers: what it last showed, and the steady time since. That our wall
/// clock is wrong, or jumps, changes nothing about it.
class AtlasTime {
 public:
  void heard(WallTime served_at, SteadyTime now) { last_ = {served_at, now}; }

  /// `ours` where Atlas has not told its time yet.
  WallTime at(SteadyTime now, WallTime ours) const {
    if (!last_) return ours;
    return last_->served_at +
           std::chrono::duration_cast<std::chrono::milliseconds>(now - last_->at);
  }

 private:
  struct Heard {
    WallTime served_at;
    SteadyTime at;
  };
  std::optional<Heard> last_;
};

}  // namespace restorewatch
