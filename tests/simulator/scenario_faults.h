#pragma once

#include "simulator/scenario.h"
#include "simulator/yaml_map.h"

namespace atlas_simulator {

/// Takes the keys of one fault from `map`, which the caller finishes. Throws ScenarioError.
Fault take_fault(YamlMap& map);

}  // namespace atlas_simulator
