#pragma once

#include <chrono>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.h"
#include "config/map_reader.h"
#include "config/secrets.h"

namespace restorewatch {

/// As the unit "y".
inline constexpr std::chrono::hours kYear{365 * 24};

// One function per section of the file. Each leaves the defaults where a key is absent and
// reports what is wrong to the map's findings.

void read_atlas(MapReader& map, const SecretPlaces& places, AtlasConfig& atlas);
void read_sources(const Value& list, std::vector<Source>& sources);
void read_discovery(MapReader& map, DiscoveryConfig& discovery);
void read_poll(MapReader& map, PollConfig& poll);
void read_storage(MapReader& map, const SecretPlaces& places, StorageConfig& storage);
void read_web(MapReader& map, const SecretPlaces& places, WebConfig& web);
void read_log(MapReader& map, LogConfig& log);
void read_events(MapReader& map, const SecretPlaces& places, EventsConfig& events);
void read_metrics(MapReader& map, MetricsConfig& metrics);

using Projects = std::optional<std::vector<ProjectConfig>>;

/// The name or id, with globs, of the project that a restore goes to. Warns of one that may not be
/// known by that name when it matters.
std::optional<std::string> read_target_project(const Value& value, const Projects& projects);
void read_drills(const Value& list, const Projects& projects, DrillRules& rules);
void read_policies(const Value& list, const Projects& projects, Policies& policies);

/// Warns of a drill interval that `retention` is too short for.
void read_objectives(const Value& list, Duration retention, ObjectiveRules& rules);

/// The entries that pick clusters, of a map that may have others; one of them must be given.
Matcher read_matcher(MapReader& map);

/// The secret in the file that `key` names, which must be given. Warns if everybody can read the
/// file. Empty where there is none; that is a problem and has been reported. `path`: the file.
Secret read_secret(MapReader& map, std::string_view key, const SecretPlaces& places,
                   std::string& path);

/// What projects may refer to.
struct KnownCredentials {
  std::set<std::string> names;
  bool complete = false;  // else a name could not be read, and any reference may be right
};

KnownCredentials read_credentials(const Value& list, const SecretPlaces& places,
                                  std::vector<Credential>& credentials);

/// Warns of clusters that none of `sources` reads.
void read_projects(const Value& list, const KnownCredentials& known,
                   const std::vector<Source>& sources, std::vector<ProjectConfig>& projects);

}  // namespace restorewatch
