#include <fmt/format.h>

#include "app/survey.h"
#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/signals.h"
#include "cli/target_report.h"

namespace restorewatch {

int run_targets(const Config& config, const TargetsOptions& options) {
  const SystemClock clock;
  const Log log(clock, {LogLevel::Error, config.log.format});  // the answer says what is wrong
  const auto seen = survey(config, log, options.probe);
  if (!seen) {
    fmt::print(stderr, "{}\n", seen.error().detail);
    return kExitBadConfig;
  }
  fmt::print("{}", options.json ? target_json(*seen) : target_table(*seen));
  return seen->is_good() ? kExitOk : kExitPartial;
}

}  // namespace restorewatch
