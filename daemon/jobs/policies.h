#pragma once

#include <optional>
#include <string>
#include <vector>

#include "jobs/inventory.h"
#include "jobs/matcher.h"
#include "jobs/restore_job.h"
#include "jobs/target.h"

namespace restorewatch {

/// What may be done with a cluster's backups, and to the cluster itself. Absent: nothing is said.
struct Policy {
  /// Where its data may go besides its own project: names or ids, with globs. Empty: nowhere.
  std::optional<std::vector<std::string>> allow_target_projects;
  std::optional<bool> allow_download;
  std::optional<bool> protect_target;  // nothing may be restored over it, not even its own backup

  bool operator==(const Policy&) const = default;
};

/// A policy, and the clusters that it is for.
struct PolicyEntry {
  Matcher clusters;
  Policy policy;

  bool operator==(const PolicyEntry&) const = default;
};

using Policies = std::vector<PolicyEntry>;

/// Value by value, of the first entry that picks the cluster and gives the value.
Policy policy_of(const Policies& policies, const Project& project, const Cluster& cluster);

/// What the job does against the policies of the cluster whose backup it reads, and of the cluster
/// that it restores over. What Atlas does not say of a job breaks nothing. A cluster that
/// `inventory` does not hold is known by what the keys say of it: it has no tags, and its project
/// no name but `project_name`, of `source`. Either pointer may be null.
Violations violations_of(const RestoreJob& job, const TargetKey& source,
                         const std::string& project_name, const Policies* policies,
                         const Inventory* inventory);

}  // namespace restorewatch
