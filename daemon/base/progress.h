#pragma once

#include <cstdint>

namespace restorewatch {

/// How far a part of the daemon has come, for those who want to know whether it still goes on.
struct Progress {
  std::uint64_t done = 0;  // pieces of work that have ended, well or not; only grows
  bool has_work = false;   // there is more, under way or waiting
};

}  // namespace restorewatch
