#pragma once

#include <optional>

#include "simulator/answer.h"
#include "simulator/endpoints.h"

namespace atlas_simulator {

/// Whether Atlas has retired the jobs of this source.
bool is_retired(Source source);

/// What is answered instead by an endpoint whose source was taken out of service; absent if it is
/// still served.
std::optional<Answer> retired_answer(const Endpoint& endpoint, Retired retired);

/// Adds `Deprecation` and `Sunset` where `version` of the endpoint has them. As recorded, the day
/// of the month is not padded, which no strict reader of HTTP dates accepts.
void add_deprecation(Answer& answer, const Endpoint& endpoint, std::string_view version);

}  // namespace atlas_simulator
