#pragma once

#include <vector>

#include "simulator/job.h"

namespace atlas_simulator {

/// The `plan.count` jobs of a plan, offsets counted from `start`.
std::vector<Job> planned_jobs(const JobPlan& plan, const Origin& origin, VirtualTime start,
                              Draws& draws);

/// The jobs of a plan by chance.
std::vector<Job> generated_jobs(const GeneratePlan& generate, const Origin& origin,
                                VirtualTime start, Draws& draws);

}  // namespace atlas_simulator
