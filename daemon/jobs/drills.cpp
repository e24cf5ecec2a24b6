#include "jobs/drills.h"

#include <algorithm>

#include "jobs/matcher.h"

namespace restorewatch {
namespace {

bool goes_to(const std::string& pattern, const std::optional<ProjectId>& target,
             const Inventory* inventory) {
  return target ? names_project(pattern, *target, inventory) : glob_matches(pattern, "");
}

/// What Atlas did not say is matched by `*` alone.
bool picks(const DrillRule& rule, const RestoreJob& job, const Inventory* inventory) {
  return (!rule.target_project ||
          goes_to(*rule.target_project, job.target_project_id, inventory)) &&
         (!rule.target_cluster ||
          glob_matches(*rule.target_cluster, job.target_cluster.value_or("")));
}

}  // namespace

Purpose purpose_of(const RestoreJob& job, const DrillRules* rules, const Inventory* inventory) {
  if (!restores(job.delivery)) return Purpose::Other;
  if (rules == nullptr || rules->empty()) return Purpose::Drill;
  const bool picked = std::ranges::any_of(
      *rules, [&](const DrillRule& rule) { return picks(rule, job, inventory); });
  return picked ? Purpose::Drill : Purpose::Other;
}

}  // namespace restorewatch
