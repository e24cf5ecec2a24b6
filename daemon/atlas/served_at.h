#pragma once

#include <optional>

#include "base/http_transport.h"
#include "base/time.h"

namespace restorewatch {

/// The answer's `Date`: when it was made, by Atlas's clock, in whole seconds.
std::optional<WallTime> served_at(const HttpResponse& response);

}  // namespace restorewatch
