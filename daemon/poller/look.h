#pragma once

// Included by the poller's own .cpp files only.

#include <optional>
#include <vector>

#include "poller/poller.h"

namespace restorewatch {

struct Poller::Look {
  TargetIndex index = 0;
  PollerOptions options;  // as they were when it began
  WallTime started_at;
  WallTime atlas_now;  // when it began, as far as known
  bool first = false;  // nothing is known of the target yet
  Listing listing;
  std::vector<TrackedJob> moved_here;  // jobs of targets that nobody looks at any more
  std::vector<JobId> to_ask_for;       // from the back
  std::vector<JobId> not_found;
  bool asked = false;          // for single jobs
  std::optional<Error> error;  // the first thing that went wrong
  bool committed = false;      // the store knows of this look
};

}  // namespace restorewatch
