#pragma once

#include <string>

#include "config/config.h"

namespace restorewatch {

/// What restores are judged by: `drills`, `objectives` and `policies` as one JSON object on one
/// line, with the keys and words of the configuration. Empty where it has none of the three.
std::string rules_in_words(const Config& config);

}  // namespace restorewatch
