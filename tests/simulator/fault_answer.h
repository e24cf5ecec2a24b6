#pragma once

#include <optional>

#include "simulator/answer.h"
#include "simulator/fault.h"

namespace atlas_simulator {

/// What is answered instead of the truth; absent for faults that leave the answer as it is, or that
/// concern the way of sending. `kind` decides the shape of an error's body.
std::optional<Answer> fault_answer(const Fault& fault, RequestKind kind);

}  // namespace atlas_simulator
