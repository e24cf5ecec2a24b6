#pragma once

#include <functional>

#include "base/time.h"

namespace restorewatch {

/// One thread that runs small pieces of work in turn. What runs on it needs no lock towards
/// anything else that runs on it.
class Loop {
 public:
  virtual ~Loop() = default;

  /// Runs `work` soon, in the order posted. Thread-safe. Work posted after the loop has stopped
  /// is dropped.
  virtual void post(std::function<void()> work) = 0;

  /// Runs `work` once, at `when` or a little later. On the loop's thread only.
  virtual void at(SteadyTime when, std::function<void()> work) = 0;
};

}  // namespace restorewatch
