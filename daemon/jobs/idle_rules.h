#pragma once

#include <string>
#include <vector>

#include "jobs/drills.h"
#include "jobs/inventory.h"
#include "jobs/objectives.h"
#include "jobs/policies.h"

namespace restorewatch {

/// What the configuration says of restores.
struct Rules {
  DrillRules drills;
  ObjectiveRules objectives;
  Policies policies;
};

/// Rules that pick nothing of the inventory, as after a slip of the pen: "objectives[0]". Of drills
/// only those whose project is none that is known: they may run into clusters made for them.
std::vector<std::string> idle_rules(const Rules& rules, const Inventory& inventory);

}  // namespace restorewatch
