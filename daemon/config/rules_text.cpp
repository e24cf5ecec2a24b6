#include "config/rules_text.h"

#include "base/json_object.h"
#include "config/durations.h"

namespace restorewatch {
namespace {

std::optional<std::string> words(const std::optional<Duration>& duration) {
  return duration ? std::optional(format_duration(*duration)) : std::nullopt;
}

JsonObject members_of(const Matcher& matcher) {
  JsonObject members;
  members.add("project", matcher.project)
      .add("cluster", matcher.cluster)
      .add("project_id", matcher.project_id);
  if (matcher.tags.empty()) return members;
  JsonObject tags;
  for (const auto& [name, value] : matcher.tags) tags.add(name, value);
  return members.add_json("tags", tags.text());
}

std::string json_of(const DrillRule& rule) {
  return JsonObject()
      .add("target_project", rule.target_project)
      .add("target_cluster", rule.target_cluster)
      .text();
}

std::string json_of(const ObjectiveRule& rule) {
  return members_of(rule.clusters)
      .add("drill_interval", words(rule.objectives.drill_interval))
      .add("restore_duration", words(rule.objectives.restore_duration))
      .add("recovery_point", words(rule.objectives.recovery_point))
      .text();
}

std::string json_of(const PolicyEntry& entry) {
  JsonObject members = members_of(entry.clusters);
  if (const auto& allowed = entry.policy.allow_target_projects) {
    members.add_json("allow_target_projects", json_array(*allowed, json_string));
  }
  return members.add("allow_download", entry.policy.allow_download)
      .add("protect_target", entry.policy.protect_target)
      .text();
}

template <typename Rules>
void add(std::string_view key, const Rules& rules, JsonObject& members) {
  if (rules.empty()) return;
  members.add_json(key, json_array(rules, [](const auto& rule) { return json_of(rule); }));
}

}  // namespace

std::string rules_in_words(const Config& config) {
  JsonObject members;
  add("drills", config.drills, members);
  add("objectives", config.objectives, members);
  add("policies", config.policies, members);
  const std::string object = members.text();
  return object == "{}" ? std::string() : object;
}

}  // namespace restorewatch
