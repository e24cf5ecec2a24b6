#pragma once

#include "jobs/inventory.h"
#include "metrics/family.h"

namespace restorewatch {

/// Which clusters have backups at all. Of every cluster that is known, polled or not; one that has
/// lost its name has no series.
Family backup_enabled(const Inventory& inventory);

}  // namespace restorewatch
