#pragma once

#include <string>
#include <string_view>

#include "config/config.h"

namespace restorewatch {

/// The keys that count at the start only and of which the two do not say the same: "storage.path,
/// web.listen_address". Empty: one can take the place of the other while the daemon runs.
std::string keys_needing_a_restart(const Config& in_force, const Config& wanted);

/// The top-level keys that differ, by name only: "credentials, poll". A changed secret counts.
std::string changed_sections(const Config& before, const Config& after);

}  // namespace restorewatch
