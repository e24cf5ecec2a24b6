#include "jobs/policies.h"

#include <algorithm>

namespace restorewatch {
namespace {

/// Policies, and what is known of the clusters that they are asked about.
struct Lookup {
  const Policies& policies;
  const Inventory* inventory;

  Policy of(const TargetKey& key, const std::string& project_name) const {
    const Project* const project = project_in(inventory, key.project_id);
    const Cluster* const cluster = cluster_in(inventory, key);
    Cluster named;
    named.name = key.cluster_name;
    return policy_of(policies, project ? *project : Project{key.project_id, project_name, {}},
                     cluster ? *cluster : named);
  }
};

/// Absent for a download, and where Atlas does not say.
std::optional<TargetKey> restored_over(const RestoreJob& job) {
  if (kind_of(job.delivery) == Kind::Download) return std::nullopt;
  if (!job.target_project_id || !job.target_cluster) return std::nullopt;
  return TargetKey{*job.target_project_id, *job.target_cluster};
}

bool may_go_to(const ProjectId& target, const Policy& policy, const Inventory* inventory) {
  return !policy.allow_target_projects ||
         std::ranges::any_of(*policy.allow_target_projects, [&](const std::string& pattern) {
           return names_project(pattern, target, inventory);
         });
}

}  // namespace

Policy policy_of(const Policies& policies, const Project& project, const Cluster& cluster) {
  Policy found;
  for (const PolicyEntry& entry : policies) {
    if (!matches(entry.clusters, project, cluster)) continue;
    const Policy& given = entry.policy;
    if (!found.allow_target_projects) found.allow_target_projects = given.allow_target_projects;
    if (!found.allow_download) found.allow_download = given.allow_download;
    if (!found.protect_target) found.protect_target = given.protect_target;
  }
  return found;
}

Violations violations_of(const RestoreJob& job, const TargetKey& source,
                         const std::string& project_name, const Policies* policies,
                         const Inventory* inventory) {
  Violations found;
  if (policies == nullptr || policies->empty()) return found;
  const Lookup lookup{*policies, inventory};
  const Policy policy = lookup.of(source, project_name);
  const bool is_download = kind_of(job.delivery) == Kind::Download;
  const auto& target = job.target_project_id;
  const bool leaves = !is_download && target && *target != source.project_id;
  found.set(index_of(PolicyRule::TargetProject), leaves && !may_go_to(*target, policy, inventory));
  found.set(index_of(PolicyRule::Download), is_download && policy.allow_download == false);
  if (const auto over = restored_over(job)) {
    const std::string& name = over->project_id == source.project_id ? project_name : "";
    found.set(index_of(PolicyRule::ProtectedTarget), lookup.of(*over, name).protect_target == true);
  }
  return found;
}

}  // namespace restorewatch
