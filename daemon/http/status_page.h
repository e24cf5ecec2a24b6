#pragma once

#include <string_view>

#include "http/site.h"

namespace restorewatch {

/// The page at "/", for people: what is wrong now, what is going on, every cluster, what happened
/// last, and which drills are due. Whole without scripts, and asks for nothing else.
Reply status_page(const SiteSource& source, std::string_view query);

}  // namespace restorewatch
