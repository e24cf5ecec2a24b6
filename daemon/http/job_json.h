#pragma once

#include <string>

#include "jobs/target.h"
#include "jobs/tracked_job.h"

namespace restorewatch {

/// An item of /api/v1/jobs, under the keys that events have. `target`: of which it is known.
std::string job_json(const Target& target, const TrackedJob& tracked);

}  // namespace restorewatch
