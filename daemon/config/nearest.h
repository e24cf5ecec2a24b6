#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace restorewatch {

/// The one of `known` that `word` was probably meant to be: fewest letters added, dropped, changed
/// or swapped, and not more than a third of the word. Absent if none is that close.
std::optional<std::string_view> nearest(std::string_view word,
                                        std::span<const std::string_view> known);

}  // namespace restorewatch
