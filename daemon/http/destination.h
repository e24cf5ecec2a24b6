#pragma once

#include <string>

#include "jobs/inventory.h"
#include "jobs/restore_job.h"

namespace restorewatch {

/// Where the data of a restore goes: "to golden", and of which project, if that is not the
/// cluster's own: "to golden of dr-lab". Empty where Atlas does not say. Text from outside is in
/// it.
std::string destination_of(const RestoreJob& job, const ProjectId& own, const Inventory* inventory);

}  // namespace restorewatch
