#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "config/config.h"
#include "jobs/object_id.h"
#include "jobs/target.h"
#include "poller/effective_interval.h"

namespace restorewatch {

/// Calls that looking at the targets of one bucket takes while no job is going on, one each,
/// against what Atlas allows.
struct CallRate {
  ProjectId project_id;
  std::string endpoint_set;
  LineDemand demand{};
  double calls_a_minute = 0;
  std::optional<double> documented_limit{};  // calls a minute, in the long run
  double share = 0.5;                        // of it, that may be used
  std::chrono::milliseconds interval{0};     // the shortest of those that its targets have

  std::optional<double> our_limit() const;
  bool is_over_committed() const;

  /// How often targets can be looked at, those with a longer interval aside: as the daemon will
  /// export it while no job is going on.
  std::chrono::milliseconds effective_interval() const;
};

/// By project and endpoint set.
std::vector<CallRate> rates_of(const Config& config, const std::vector<Target>& targets);

/// What the clusters take that the configuration names. Nobody is asked, so that it is not known
/// what else there is.
std::vector<CallRate> rates_of_named_clusters(const Config& config);

/// In words, with what to do about it.
std::string over_commitment(const CallRate& rate);

}  // namespace restorewatch
