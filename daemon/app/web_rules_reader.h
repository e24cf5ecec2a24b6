#pragma once

#include <optional>

#include "config/secrets.h"
#include "web/web_reading.h"

namespace restorewatch {

/// Reads the web file and everything that it names, and tries whether TLS can be made of it.
/// Absent: there is none, and everybody is served plain HTTP. Thread-safe.
WebReading read_web_rules(const std::optional<SecretPlaces>& file);

}  // namespace restorewatch
