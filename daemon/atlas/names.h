#pragma once

#include <string_view>

namespace restorewatch {

/// Whether a cluster's or project's name can be carried into the store and onto pages: at most 256
/// bytes (Atlas allows 64), no control characters.
bool is_name(std::string_view text);

}  // namespace restorewatch
