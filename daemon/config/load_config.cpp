#include "config/load_config.h"

#include <cstddef>
#include <optional>
#include <utility>

#include "config/files.h"
#include "config/map_reader.h"
#include "config/sections.h"
#include "config/yaml_document.h"

namespace restorewatch {
namespace {

constexpr std::size_t kMaxFileBytes = 1U << 20U;  // room for some 30,000 named clusters

/// What it says of places goes to `calls_at`, see ConfigOutcome.
void read_document(MapReader& map, const SecretPlaces& places, Config& config, Problem& calls_at) {
  map.section("atlas", [&](MapReader& entry) { read_atlas(entry, places, config.atlas); });
  KnownCredentials known;
  if (const auto list = map.require("credentials", "how to log in to Atlas; one at least")) {
    known = read_credentials(*list, places, config.credentials);
  }
  if (const auto list = map.find("sources")) read_sources(*list, config.sources);
  if (const auto list = map.find("projects")) {
    calls_at = list->place();
    read_projects(*list, known, config.sources, config.projects.emplace());
  }
  map.section("discovery", [&](MapReader& entry) { read_discovery(entry, config.discovery); });
  map.section("poll", [&](MapReader& entry) {
    read_poll(entry, config.poll);
    if (const auto share = entry.find_nullable("rate_budget")) calls_at = share->place();
  });
  map.section("storage", [&](MapReader& entry) { read_storage(entry, places, config.storage); });
  if (const auto list = map.find("drills")) {
    read_drills(*list, config.projects, config.drills);
  }
  if (const auto list = map.find("objectives")) {
    read_objectives(*list, config.storage.retention, config.objectives);
  }
  if (const auto list = map.find("policies")) {
    read_policies(*list, config.projects, config.policies);
  }
  map.section("web", [&](MapReader& entry) { read_web(entry, places, config.web); });
  map.section("log", [&](MapReader& entry) { read_log(entry, config.log); });
  map.section("events", [&](MapReader& entry) { read_events(entry, places, config.events); });
  map.section("metrics", [&](MapReader& entry) { read_metrics(entry, config.metrics); });
}

void read_file(const SecretPlaces& places, Config& config, Findings& findings, Problem& calls_at) {
  const Result<FileContents> file = read_regular_file(places.config_file, kMaxFileBytes);
  if (!file) {
    findings.problem({}, "", file.error().detail);
    return;
  }
  const std::optional<YamlNode> root = parse_yaml(file->bytes, findings);
  if (!root) return;
  const Value document(*root, "", findings);
  document.map([&](MapReader& map) { read_document(map, places, config, calls_at); });
}

}  // namespace

ConfigOutcome load_config(const std::string& path, const std::string& credentials_directory) {
  Config config;
  Findings findings;
  ConfigOutcome outcome;
  read_file({path, credentials_directory}, config, findings, outcome.calls_at);
  outcome.problems = findings.problems();
  outcome.warnings = findings.warnings();
  if (outcome.problems.empty()) outcome.config = std::move(config);
  return outcome;
}

}  // namespace restorewatch
