#pragma once

#include "simulator/scenario.h"
#include "simulator/yaml_map.h"

namespace atlas_simulator {

// Readers of what may happen to clusters and projects. They throw ScenarioError; the caller
// finishes `map`.

/// Takes the keys of something done to a cluster.
ClusterAction take_cluster_action(YamlMap& map);

/// Takes the keys of something done to a project. Credentials are those of `scenario`.
ProjectAction take_project_action(YamlMap& map, const Scenario& scenario);

/// Takes either, with its time.
Event take_event(YamlMap& map, const Scenario& scenario);

}  // namespace atlas_simulator
