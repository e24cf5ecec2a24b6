#include <chrono>
#include <string_view>
#include <utility>

#include "config/sections.h"

namespace restorewatch {
namespace {

constexpr DurationRange kAnyDuration{std::chrono::milliseconds{1}, 100 * kYear};

void read(MapReader& map, std::string_view key, std::optional<Duration>& out) {
  if (const auto value = map.find(key)) out = value->duration(kAnyDuration);
}

/// The last drill has to be remembered until the next one, and one may fail in between.
void warn_of_retention(MapReader& map, const Objectives& objectives, Duration retention) {
  if (!objectives.drill_interval || retention >= 2 * *objectives.drill_interval) return;
  map.warning("drill_interval is more than half of storage.retention (" +
              format_duration(retention) + "): a drill may be forgotten before the next one");
}

}  // namespace

void read_objectives(const Value& list, Duration retention, ObjectiveRules& rules) {
  for (const Value& item : list.list()) {
    item.map([&](MapReader& map) {
      ObjectiveRule rule;
      rule.clusters = read_matcher(map);
      if (!map.has("drill_interval") && !map.has("restore_duration") &&
          !map.has("recovery_point")) {
        map.problem(
            "must have at least one of drill_interval, restore_duration and recovery_point");
      }
      read(map, "drill_interval", rule.objectives.drill_interval);
      read(map, "restore_duration", rule.objectives.restore_duration);
      read(map, "recovery_point", rule.objectives.recovery_point);
      warn_of_retention(map, rule.objectives, retention);
      rules.push_back(std::move(rule));
    });
  }
}

}  // namespace restorewatch
