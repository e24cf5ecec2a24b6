#pragma once

#include "simulator/answer.h"

namespace atlas_simulator {

/// The answer as `envelope=true` wants it: HTTP status 200, and the true one in the body, beside
/// the `results` of a list or before the `content` of anything else. A body that is no JSON, a
/// gateway's, stays as it is.
Answer enveloped(Answer answer, bool is_list);

}  // namespace atlas_simulator
