#pragma once

#include "poller/rate_budget.h"

namespace restorewatch {

/// A budget that is as good as none.
inline RateBudget::Options no_limits() {
  return {1, [](std::string_view) { return RateLimit{1e8, 1e8}; }, 0};
}

}  // namespace restorewatch
