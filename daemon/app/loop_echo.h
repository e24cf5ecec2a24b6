#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include "base/loop.h"
#include "base/progress.h"

namespace restorewatch {

/// Asks a loop for signs of life, one at a time: a loop that has nothing to do answers at once, one
/// that hangs in a piece of its work does not answer. For one thread, which is not the loop's.
class LoopEcho {
 public:
  explicit LoopEcho(Loop& loop) : loop_(loop) {}  // must outlive it

  /// Questions answered so far. A question is open from the first call on; where the last one is
  /// answered, the next one is asked.
  Progress ask();

 private:
  Loop& loop_;
  std::uint64_t asked_ = 0;
  std::shared_ptr<std::atomic<std::uint64_t>> answered_ =
      std::make_shared<std::atomic<std::uint64_t>>(0);  // the question's, too: it may come late
};

}  // namespace restorewatch
