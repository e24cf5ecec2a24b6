#include "web/inbox.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdint>
#include <utility>

namespace restorewatch {

Inbox::Inbox() : descriptor_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}

Inbox::~Inbox() {
  if (descriptor_ >= 0) close(descriptor_);
}

void Inbox::put(Message message) {
  bool must_wake = false;
  {
    const std::lock_guard lock(mutex_);
    messages_.push_back(std::move(message));
    must_wake = std::exchange(asleep_, false);
  }
  if (must_wake) wake();
}

void Inbox::wake() const {
  eventfd_write(descriptor_, 1);  // fails only when it is readable anyhow
}

std::vector<Message> Inbox::take() {
  const std::lock_guard lock(mutex_);
  asleep_ = messages_.empty();
  return std::exchange(messages_, {});
}

void Inbox::awake(bool was_woken) {
  eventfd_t count = 0;
  if (was_woken) eventfd_read(descriptor_, &count);
  const std::lock_guard lock(mutex_);
  asleep_ = false;
}

}  // namespace restorewatch
