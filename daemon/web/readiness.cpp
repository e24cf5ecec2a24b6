#include "web/readiness.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace restorewatch {
namespace {

static_assert(EPOLLIN == 1 && EPOLLOUT == 4);  // as Wanted says

constexpr int kEventsAtOnce = 64;

int milliseconds_of(std::chrono::nanoseconds span) {
  return static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(span).count());
}

}  // namespace

Readiness::Readiness() : descriptor_(epoll_create1(EPOLL_CLOEXEC)) {}

Readiness::~Readiness() {
  if (descriptor_ >= 0) close(descriptor_);
}

bool Readiness::add(int descriptor, std::uint64_t key, Wanted wanted) const {
  epoll_event event{wanted, {.u64 = key}};
  return epoll_ctl(descriptor_, EPOLL_CTL_ADD, descriptor, &event) == 0;
}

void Readiness::change(int descriptor, std::uint64_t key, Wanted wanted) const {
  epoll_event event{wanted, {.u64 = key}};
  epoll_ctl(descriptor_, EPOLL_CTL_MOD, descriptor, &event);
}

bool Readiness::wait(std::chrono::nanoseconds span, std::vector<Event>& ready) const {
  std::array<epoll_event, kEventsAtOnce> events;
  const int count = epoll_wait(descriptor_, events.data(), kEventsAtOnce, milliseconds_of(span));
  ready.clear();
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events[static_cast<std::size_t>(i)];
    ready.push_back({event.data.u64, (event.events & (EPOLLHUP | EPOLLERR)) != 0});
  }
  return count >= 0 || errno == EINTR;
}

}  // namespace restorewatch
