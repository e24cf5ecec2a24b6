#pragma once

#include <optional>
#include <string_view>

#include "jobs/call_budget.h"

namespace restorewatch {

/// What Atlas documents for each bucket of an endpoint set: a project's, but of "organizations" an
/// organization's, and of "projects" and "rate_limits" a credential's; absent where nothing is
/// documented. Source: the documentation's table of rate limits of 2026-04-10, which calls them
/// defaults that may change without notice.
std::optional<RateLimit> documented_limit(std::string_view endpoint_set);

}  // namespace restorewatch
