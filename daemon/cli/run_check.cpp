#include <fmt/format.h>

#include <set>

#include "app/options.h"
#include "cli/command_line.h"
#include "cli/commands.h"

namespace restorewatch {

int run_check(const Config& config) {
  const auto targets = targets_of(config);
  std::set<ProjectId> projects;
  for (const Target& target : targets) projects.insert(target.key.project_id);
  fmt::print(
      "The configuration is valid: {} target(s) in {} project(s), {} credential(s), "
      "looked at every {} s.\n",
      targets.size(), projects.size(), config.credentials.size(),
      std::chrono::duration<double>(config.poll.interval).count());
  return kExitOk;
}

}  // namespace restorewatch
