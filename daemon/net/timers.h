#pragma once

#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "base/time.h"

namespace restorewatch {

/// Work for later, by its time; what has the same time stays in the order it came. Not thread-safe.
class Timers {
 public:
  using Work = std::function<void()>;

  void add(SteadyTime when, Work work) { timers_.emplace(when, std::move(work)); }

  /// When the next one is due; absent without any.
  std::optional<SteadyTime> next() const {
    if (timers_.empty()) return std::nullopt;
    return timers_.begin()->first;
  }

  /// Takes out what is due at `now`, in order.
  std::vector<Work> take_due(SteadyTime now);

  void clear() { timers_.clear(); }

 private:
  std::multimap<SteadyTime, Work> timers_;
};

}  // namespace restorewatch
