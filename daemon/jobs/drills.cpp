#include "jobs/drills.h"

#include <algorithm>

#include "jobs/matcher.h"

namespace restorewatch {
namespace {

bool restores(Delivery delivery) {
  return kind_of(delivery) == Kind::Restore && delivery != Delivery::Unknown;
}

/// The project's name; without one, empty.
std::string_view name_of(const ProjectId& id, const Inventory* inventory) {
  if (inventory == nullptr) return {};
  const auto id_of = [](const InventoryProject& known) { return known.project.id; };
  const auto found = std::ranges::lower_bound(inventory->projects, id, {}, id_of);
  const bool is_known = found != inventory->projects.end() && found->project.id == id;
  return is_known ? std::string_view(found->project.name) : std::string_view();
}

bool goes_to(const std::string& pattern, const std::optional<ProjectId>& target,
             const Inventory* inventory) {
  if (!target) return glob_matches(pattern, "");
  return glob_matches(pattern, name_of(*target, inventory)) ||
         glob_matches(pattern, to_string(*target));
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
