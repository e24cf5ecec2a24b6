#pragma once

#include <optional>
#include <string>

#include "simulator/scenario.h"

namespace atlas_simulator {

/// A key of a job that its source has no use for, or no way to show.
struct Misfit {
  std::string key, reason;
};

/// The first such key of `plan`, as a job of `source`; absent if it can be one.
std::optional<Misfit> misfit(const JobPlan& plan, Source source);

}  // namespace atlas_simulator
