#pragma once

#include <optional>
#include <string_view>

namespace restorewatch {

/// How many calls a minute Atlas lets a project make in the long run, over an endpoint set; absent
/// where that is not documented. Source: the documentation's table of rate limits of 2026-04-10,
/// which calls them defaults that may change without notice.
std::optional<int> documented_calls_a_minute(std::string_view endpoint_set);

}  // namespace restorewatch
