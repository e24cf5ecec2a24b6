#pragma once

#include <vector>

#include "jobs/inventory_store.h"

namespace restorewatch {

/// A project that differs by `number`, with one cluster and nothing that is optional.
KnownProject sample_project(unsigned number);

/// One that says everything, in texts that need care.
KnownProject full_project(unsigned number);

/// That many, in order.
std::vector<KnownProject> sample_inventory(unsigned projects);

}  // namespace restorewatch
