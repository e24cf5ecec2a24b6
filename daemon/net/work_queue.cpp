#include "net/work_queue.h"

#include <utility>

namespace restorewatch {

bool WorkQueue::push(Work work) {
  const std::lock_guard lock(mutex_);
  if (closed_) return false;
  work_.push_back(std::move(work));
  return true;
}

std::vector<WorkQueue::Work> WorkQueue::take_all() {
  const std::lock_guard lock(mutex_);
  return std::exchange(work_, {});
}

void WorkQueue::close() {
  std::vector<Work> dropped;  // destroyed after the lock: what it holds may post in its destructor
  const std::lock_guard lock(mutex_);
  closed_ = true;
  dropped.swap(work_);
}

}  // namespace restorewatch
