#include "jobs/idle_rules.h"

#include <algorithm>

namespace restorewatch {
namespace {

bool picks_any(const Matcher& matcher, const Inventory& inventory) {
  return std::ranges::any_of(inventory.projects, [&](const InventoryProject& project) {
    return std::ranges::any_of(project.clusters, [&](const InventoryCluster& known) {
      return matches(matcher, project.project, known.cluster);
    });
  });
}

bool is_idle(const DrillRule& rule, const Inventory& inventory) {
  return rule.target_project &&
         std::ranges::none_of(inventory.projects, [&](const InventoryProject& project) {
           return names_project(*rule.target_project, project.project.id, &inventory);
         });
}

bool is_idle(const ObjectiveRule& rule, const Inventory& inventory) {
  return !picks_any(rule.clusters, inventory);
}

bool is_idle(const PolicyEntry& entry, const Inventory& inventory) {
  return !picks_any(entry.clusters, inventory);
}

template <typename List>
void add_idle(const char* key, const List& rules, const Inventory& inventory,
              std::vector<std::string>& idle) {
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (is_idle(rules[i], inventory)) idle.push_back(key + ("[" + std::to_string(i) + "]"));
  }
}

}  // namespace

std::vector<std::string> idle_rules(const Rules& rules, const Inventory& inventory) {
  std::vector<std::string> idle;
  add_idle("drills", rules.drills, inventory, idle);
  add_idle("objectives", rules.objectives, inventory, idle);
  add_idle("policies", rules.policies, inventory, idle);
  return idle;
}

}  // namespace restorewatch
