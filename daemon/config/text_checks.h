#pragma once

#include <optional>
#include <string_view>

#include "config/problem.h"

namespace restorewatch {

/// The first thing in `text` that a YAML parser would stumble over without saying so clearly: a
/// NUL byte, bytes that are not UTF-8, or a tab used for indentation.
std::optional<Problem> find_text_problem(std::string_view text);

}  // namespace restorewatch
