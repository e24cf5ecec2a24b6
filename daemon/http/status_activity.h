#pragma once

#include "http/status_view.h"

namespace restorewatch {

/// Adds what the archive tells: the restores that are going on, and what happened last.
void add_activity(const SiteSource& source, const NameFilter& names, StatusView& view);

}  // namespace restorewatch
