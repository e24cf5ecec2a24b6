#pragma once

#include "simulator/scenario.h"
#include "simulator/yaml_map.h"

namespace atlas_simulator {

// Readers of what a scenario says of clusters and projects. They throw ScenarioError; the caller
// finishes `map`.

/// Takes the keys of one cluster but its name.
ClusterPlan take_cluster(YamlMap& map, std::string name);

/// Takes the keys of one project but its id. Credentials are those of `scenario`.
ProjectPlan take_project(YamlMap& map, std::string id, const Scenario& scenario);

/// The organization of credential `name`; throws a ScenarioError pointing at `key` of `map` if
/// there is no such credential.
std::string organization_of(const YamlMap& map, const std::string& key, const std::string& name,
                            const Scenario& scenario);

}  // namespace atlas_simulator
