#include "cli/signals.h"

#include <pthread.h>
#include <unistd.h>

#include <csignal>
#include <initializer_list>

namespace restorewatch {
namespace {

sigset_t held_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&set, number);
  return set;
}

}  // namespace

void hold_signals() {
  const sigset_t set = held_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  // A reader that goes away shows as an error of write(), which is handled there.
  signal(SIGPIPE, SIG_IGN);
}

std::optional<int> wait_for_signal(std::optional<std::chrono::milliseconds> longest) {
  const sigset_t set = held_signals();
  if (!longest) {
    int number = 0;
    while (sigwait(&set, &number) != 0) {
    }
    return number;
  }
  const auto seconds = std::chrono::floor<std::chrono::seconds>(*longest);
  const timespec timeout{seconds.count(), std::chrono::nanoseconds(*longest - seconds).count()};
  const int number = sigtimedwait(&set, nullptr, &timeout);
  return number > 0 ? std::optional(number) : std::nullopt;  // also where another signal came
}

void end_at_the_latest_in(unsigned seconds) {
  alarm(seconds);
}

void signal_self_to_end() {
  kill(getpid(), SIGTERM);
}

}  // namespace restorewatch
