#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

namespace restorewatch {

/// Waits for many descriptors at once (epoll). Those that are closed are forgotten by themselves.
class Readiness {
 public:
  struct Event {
    std::uint64_t key = 0;
    bool is_gone = false;  // both directions have ended, or it is broken
  };
  enum Wanted : std::uint32_t { Nothing = 0, Input = 1, Room = 4 };  // as EPOLLIN, EPOLLOUT

  Readiness();
  ~Readiness();
  Readiness(const Readiness&) = delete;
  Readiness& operator=(const Readiness&) = delete;

  bool add(int descriptor, std::uint64_t key, Wanted wanted) const;
  void change(int descriptor, std::uint64_t key, Wanted wanted) const;

  /// What is ready, after `span` at the latest. False: it cannot wait any more.
  bool wait(std::chrono::nanoseconds span, std::vector<Event>& ready) const;

 private:
  int descriptor_;
};

}  // namespace restorewatch
