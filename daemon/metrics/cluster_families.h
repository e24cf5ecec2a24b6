#pragma once

#include "metrics/cluster_groups.h"
#include "metrics/cluster_series.h"

namespace restorewatch {

/// All that the page says of one cluster. Times, never ages; what never happened is an absent
/// series; zeros only for what a source can show. A cluster that has been blind for too long loses
/// the series that speak of now and keeps those that speak of what has happened.
ClusterSeries series_of(const ClusterGroup& cluster);

}  // namespace restorewatch
