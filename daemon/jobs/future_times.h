#pragma once

#include <chrono>
#include <vector>

#include "jobs/job_source.h"

namespace restorewatch {

/// A time of Atlas's may be this much later than Atlas's clock: its servers need not agree to the
/// second, and a job may end while the list is read.
inline constexpr std::chrono::minutes kFutureTolerance{5};

/// A job that says of something past when it will have been.
struct FutureTime {
  JobId job;
  WallTime time;  // what Atlas said; of two the end

  bool operator==(const FutureTime&) const = default;
};

/// Takes out of the listing what cannot be, since it would stay the newest of its kind until that
/// time comes: an end later than `atlas_now` is none, and of a request later than that the time in
/// the job's id counts, if it is earlier. All else of the job stays. Returns what was found, in id
/// order.
std::vector<FutureTime> take_out_future_times(Listing& listing, WallTime atlas_now);

}  // namespace restorewatch
