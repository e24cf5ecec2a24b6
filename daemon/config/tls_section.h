#pragma once

#include <optional>

#include "base/web_rules.h"
#include "config/map_reader.h"
#include "config/secrets.h"

namespace restorewatch {

/// Reads `tls_server_config`. Absent where it holds nothing, or something wrong, which has been
/// reported.
std::optional<TlsRules> read_tls(MapReader& map, const SecretPlaces& places);

}  // namespace restorewatch
