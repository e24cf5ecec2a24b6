#pragma once

#include "simulator/scenario.h"
#include "simulator/yaml_map.h"

namespace atlas_simulator {

// Readers of the parts of a scenario that are also given alone, at run time. They throw
// ScenarioError; the caller finishes `map`.

/// Takes the keys of one job from `map`.
JobPlan take_job(YamlMap& map);

/// Takes the keys of one fault from `map`.
Fault take_fault(YamlMap& map);

}  // namespace atlas_simulator
