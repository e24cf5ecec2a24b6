#pragma once

#include <vector>

#include "jobs/snapshot.h"
#include "metrics/family.h"

namespace restorewatch {

/// The opt-in series of single jobs, mongodbatlas_restore_job_*; nothing when it is off.
void append_job_families(const Snapshot& snapshot, std::vector<Family>& families);

}  // namespace restorewatch
