#include "config/rules_text.h"

#include <optional>
#include <string_view>

#include "base/log_line.h"
#include "config/durations.h"

namespace restorewatch {
namespace {

std::string quoted(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

/// The members of one JSON object, those that are given.
class Members {
 public:
  Members& add(std::string_view key, const std::optional<std::string>& text) {
    return text ? add_value(key, quoted(*text)) : *this;
  }
  Members& add(std::string_view key, const std::optional<Duration>& duration) {
    return duration ? add_value(key, quoted(format_duration(*duration))) : *this;
  }
  Members& add(std::string_view key, const std::optional<bool>& flag) {
    return flag ? add_value(key, *flag ? "true" : "false") : *this;
  }
  Members& add_value(std::string_view key, std::string_view json) {
    text_ += (text_.empty() ? "" : ",") + quoted(key) + ':';
    text_ += json;
    return *this;
  }
  std::string object() const { return '{' + text_ + '}'; }

 private:
  std::string text_;
};

template <typename Items, typename ToJson>
std::string list_of(const Items& items, ToJson to_json) {
  std::string list;
  for (const auto& item : items) list += (list.empty() ? "" : ",") + to_json(item);
  return '[' + list + ']';
}

Members members_of(const Matcher& matcher) {
  Members members;
  members.add("project", matcher.project).add("cluster", matcher.cluster);
  if (matcher.project_id) members.add("project_id", to_string(*matcher.project_id));
  if (matcher.tags.empty()) return members;
  Members tags;
  for (const auto& [name, value] : matcher.tags) tags.add(name, value);
  return members.add_value("tags", tags.object());
}

std::string json_of(const DrillRule& rule) {
  return Members()
      .add("target_project", rule.target_project)
      .add("target_cluster", rule.target_cluster)
      .object();
}

std::string json_of(const ObjectiveRule& rule) {
  return members_of(rule.clusters)
      .add("drill_interval", rule.objectives.drill_interval)
      .add("restore_duration", rule.objectives.restore_duration)
      .add("recovery_point", rule.objectives.recovery_point)
      .object();
}

std::string json_of(const PolicyEntry& entry) {
  Members members = members_of(entry.clusters);
  if (const auto& allowed = entry.policy.allow_target_projects) {
    members.add_value("allow_target_projects", list_of(*allowed, quoted));
  }
  return members.add("allow_download", entry.policy.allow_download)
      .add("protect_target", entry.policy.protect_target)
      .object();
}

template <typename Rules>
void add(std::string_view key, const Rules& rules, Members& members) {
  if (rules.empty()) return;
  members.add_value(key, list_of(rules, [](const auto& rule) { return json_of(rule); }));
}

}  // namespace

std::string rules_in_words(const Config& config) {
  Members members;
  add("drills", config.drills, members);
  add("objectives", config.objectives, members);
  add("policies", config.policies, members);
  const std::string object = members.object();
  return object == "{}" ? std::string() : object;
}

}  // namespace restorewatch
