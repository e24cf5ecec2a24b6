#include <fmt/format.h>

#include <string>

#include "cli/command_line.h"
#include "cli/commands.h"

namespace restorewatch {
namespace {

/// What the configuration alone says; `restorewatch targets` asks Atlas.
std::string watched_in_words(const Config& config) {
  if (!config.projects) return "every project that the credentials can see";
  std::size_t named = 0;
  std::size_t whole = 0;
  for (const ProjectConfig& project : *config.projects) {
    named += project.clusters ? project.clusters->size() : 0;
    if (!project.clusters) ++whole;
  }
  std::string words = fmt::format("{} project(s)", config.projects->size());
  if (named > 0) words += fmt::format(", {} cluster(s) by name", named);
  if (whole > 0) words += fmt::format(", all clusters of {} project(s)", whole);
  return words;
}

}  // namespace

int run_check(const Config& config) {
  fmt::print("The configuration is valid: {}; {} credential(s); looked at every {} s.\n",
             watched_in_words(config), config.credentials.size(),
             std::chrono::duration<double>(config.poll.interval).count());
  return kExitOk;
}

}  // namespace restorewatch
