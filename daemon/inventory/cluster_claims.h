#pragma once

#include <optional>
#include <vector>

#include "jobs/inventory.h"

namespace restorewatch {

/// One that may be the cluster of its name.
struct Claim {
  InventoryCluster now;                    // not yet said: how it is looked at
  std::optional<InventoryCluster> before;  // as it was known
};

/// A total order of what differs: whoever comes first gets the name. Living ones come before
/// deleted ones, then listed ones before those that are missing, then younger ones before older.
bool has_a_better_claim(const Claim& a, const Claim& b);

/// Says of each of `claims`, in that order, which of `known` it is, and takes that out of them: the
/// one of the same id, or else, where one of the two has no id, of the same name.
void recognize(std::vector<Claim>& claims, std::vector<InventoryCluster>& known);

}  // namespace restorewatch
