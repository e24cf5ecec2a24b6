#include "jobs/future_times.h"

#include <algorithm>

namespace restorewatch {

std::vector<FutureTime> take_out_future_times(Listing& listing, WallTime atlas_now) {
  const WallTime latest = atlas_now + kFutureTolerance;
  std::vector<FutureTime> taken;
  for (RestoreJob& job : listing.jobs) {
    if (job.finished_at > latest) {
      taken.push_back({job.id, *job.finished_at});
      job.finished_at.reset();
    } else if (job.requested_at > latest) {
      taken.push_back({job.id, job.requested_at});
    }
    if (job.requested_at > latest) {
      job.requested_at = std::min(job.requested_at, created_at(job.id));
    }
  }
  return taken;
}

}  // namespace restorewatch
