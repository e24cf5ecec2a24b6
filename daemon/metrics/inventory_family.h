#pragma once

#include <string_view>

#include "jobs/inventory.h"
#include "metrics/family.h"

namespace restorewatch {

inline constexpr std::string_view kBackupEnabledName =
    "mongodbatlas_restore_cluster_backup_enabled";

/// Which clusters have backups at all. Of every cluster that is known, polled or not; one that has
/// lost its name has no series.
Family backup_enabled(const Inventory& inventory);

}  // namespace restorewatch
