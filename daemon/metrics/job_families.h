#pragma once

#include "metrics/cluster_groups.h"
#include "metrics/cluster_series.h"

namespace restorewatch {

/// The opt-in series of single jobs, mongodbatlas_restore_job_*; nothing when it is off.
void add_single_jobs(const ClusterGroup& cluster, ClusterSeries& series);

}  // namespace restorewatch
