#pragma once

#include <string>

namespace restorewatch {

/// The page at "/": what this is and where everything else is.
std::string landing_page();

}  // namespace restorewatch
