#pragma once

#include <optional>

#include "simulator/scenario.h"
#include "simulator/yaml_map.h"

namespace atlas_simulator {

// Readers of what a scenario says of jobs. They throw ScenarioError; the caller finishes `map`.

/// Takes the keys of one job of a cluster of `tier`; without a tier, what depends on it is not
/// looked at.
JobPlan take_job(YamlMap& map, std::optional<Tier> tier);

/// Takes the keys of jobs by chance.
GeneratePlan take_generate(YamlMap& map, Tier tier);

}  // namespace atlas_simulator
