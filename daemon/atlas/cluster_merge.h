#pragma once

#include <vector>

#include "jobs/cluster.h"

namespace restorewatch {

/// Puts the rows of a project's lists together, in the order given: a cluster that comes again,
/// because a list shifted while it was read or because it is in two lists, is one, and the later
/// row counts. Rows are the same cluster by their ids where both have one, else by their names;
/// a deleted cluster's name may be another's.
std::vector<Cluster> merged(std::vector<Cluster> rows);

}  // namespace restorewatch
