#pragma once

#include <vector>

#include "jobs/snapshot.h"
#include "metrics/family.h"

namespace restorewatch {

/// The restore jobs' metrics, mongodbatlas_restore_*. Times, never ages; what never happened is
/// an absent series; zeros only for what a source can show. A target that has been blind for too
/// long loses the series that speak of now and keeps those that speak of what has happened.
std::vector<Family> domain_families(const Snapshot& snapshot);

}  // namespace restorewatch
