#pragma once

#include <optional>

#include "config/secrets.h"
#include "web/web_reading.h"

namespace restorewatch {

/// Reads the web file and everything that it names. Absent: there is none, and everybody is served
/// plain HTTP. Thread-safe.
WebReading read_web_rules(const std::optional<SecretPlaces>& file);

/// Tries besides whether TLS can be made of it, for who only checks: FileAccess finds that out by
/// itself, where the file has changed.
WebReading judge_web_rules(const std::optional<SecretPlaces>& file);

}  // namespace restorewatch
