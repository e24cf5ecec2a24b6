#include "app/loop_echo.h"

namespace restorewatch {

Progress LoopEcho::ask() {
  const std::uint64_t answered = *answered_;
  if (answered == asked_) {
    ++asked_;
    loop_.post([counter = answered_] { ++*counter; });
  }
  return {answered, true};
}

}  // namespace restorewatch
