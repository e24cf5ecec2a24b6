#pragma once

#include <string_view>

namespace restorewatch {

std::string_view version();   // "0.1.0"
std::string_view revision();  // of the source it was built from, "unknown" outside a checkout
std::string_view compiler();  // "gcc 12.2.0"

}  // namespace restorewatch
