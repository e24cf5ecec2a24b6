#include "app/reload.h"

#include <utility>

namespace restorewatch {

Reload::Reload(Deps deps)
    : deps_(std::move(deps)),
      successful_(deps_.telemetry
                      .gauge("restorewatch_config_last_reload_successful",
                             "Whether the configuration could be taken over when it was last read.")
                      .Add({})),
      success_at_(deps_.telemetry
                      .gauge("restorewatch_config_last_reload_success_timestamp_seconds",
                             "When the configuration in force was loaded.")
                      .Add({})) {
  successful_.Set(1);
  success_at_.Set(unix_seconds(deps_.clock.wall_now()));
}

std::vector<std::string> Reload::run() {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> problems = try_to();
  successful_.Set(problems.empty() ? 1 : 0);
  if (problems.empty()) success_at_.Set(unix_seconds(deps_.clock.wall_now()));
  for (const std::string& problem : problems) {
    deps_.log.error("the configuration is refused; the one before goes on", {{"problem", problem}});
  }
  return problems;
}

std::vector<std::string> Reload::try_to() {
  if (!deps_.read) return {"there is no configuration file"};
  ConfigReading reading = deps_.read();
  for (const std::string& warning : reading.warnings) {
    deps_.log.warn("the configuration has a flaw", {{"warning", warning}});
  }
  if (!reading.config) return std::move(reading.problems);
  const Status applied = deps_.apply(*reading.config);
  if (!applied) return {applied.error().detail};
  return {};
}

}  // namespace restorewatch
