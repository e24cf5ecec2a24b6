#pragma once

#include <vector>

#include "jobs/inventory.h"
#include "jobs/objectives.h"
#include "metrics/family.h"

namespace restorewatch {

/// What the restores of each cluster are held to. Of the clusters that backup_enabled() could show:
/// one that is not looked at has been promised something, too.
std::vector<Family> objective_families(const Inventory& inventory, const ObjectiveRules& rules);

}  // namespace restorewatch
