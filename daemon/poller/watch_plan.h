#pragma once

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "jobs/inventory.h"
#include "jobs/target.h"

namespace restorewatch {

/// A target that the poller has.
struct WatchedTarget {
  std::size_t index = 0;
  TargetKey key;
};

/// A target whose cluster is there, and that nobody looks at.
struct Rest {
  std::size_t index = 0;  // where the poller has it
  Target target;          // perhaps under another name
  bool for_good = false;  // the cluster is no longer of the source's tier: nobody will look again
};

/// What a new inventory means for the targets that the poller has.
struct WatchPlan {
  std::vector<Target> begin;                         // not there yet
  std::vector<std::pair<std::size_t, Target>> keep;  // there already, perhaps under another name
  std::vector<Rest> rest;          // not to be looked at any more; what has happened stays shown
  std::vector<std::size_t> lose;   // confirmed to be gone from Atlas: its open jobs are lost
  std::vector<std::size_t> leave;  // no longer wanted
};

WatchPlan plan_of(std::span<const WatchedTarget> present, const Inventory& inventory);

/// Of targets that a store knows, those whose cluster is in the inventory but is not looked at
/// through that source: their history is shown all the same. Their index means nothing.
std::vector<Rest> resting_targets(std::span<const TargetKey> stored, const Inventory& inventory);

/// Of targets that a store knows and the poller does not have, those whose cluster Atlas does not
/// list any more, though its project was listed well: what an earlier run may not have come to
/// settle.
std::vector<Target> orphans(std::span<const TargetKey> stored,
                            std::span<const WatchedTarget> present, const Inventory& inventory);

}  // namespace restorewatch
