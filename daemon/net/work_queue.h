#pragma once

#include <functional>
#include <mutex>
#include <vector>

namespace restorewatch {

/// Work handed to the loop by other threads. Thread-safe. Not bounded: whoever posts waits for an
/// answer before posting more (one piece for each target, sink or request), so its length is
/// bounded by their number, and dropping a piece would lose an answer for ever.
class WorkQueue {
 public:
  using Work = std::function<void()>;

  /// False when the queue is closed; then the work is dropped.
  bool push(Work work);

  /// Everything posted so far, in order.
  std::vector<Work> take_all();

  /// Drops what is left and all that comes.
  void close();

 private:
  std::mutex mutex_;  // guards the two below
  std::vector<Work> work_;
  bool closed_ = false;
};

}  // namespace restorewatch
