#pragma once

#include <optional>
#include <string>
#include <vector>

#include "jobs/inventory.h"
#include "jobs/restore_job.h"

namespace restorewatch {

/// Picks restores by where the data goes: all that is given must match. Globs, as of a Matcher.
struct DrillRule {
  std::optional<std::string> target_project;  // its name, as far as known, or its id
  std::optional<std::string> target_cluster;

  bool operator==(const DrillRule&) const = default;
};

using DrillRules = std::vector<DrillRule>;

/// A drill is a restore that any rule picks; without rules every restore is one. A download never
/// is; and what a delivery that this version does not know has done to the data, nobody can say.
/// `inventory`: knows projects by name. Either may be null.
Purpose purpose_of(const RestoreJob& job, const DrillRules* rules, const Inventory* inventory);

}  // namespace restorewatch
