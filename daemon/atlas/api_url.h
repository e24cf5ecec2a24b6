#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace restorewatch {

/// Everything but RFC 3986's unreserved characters becomes %XX, so that the text is one segment
/// of a path.
std::string percent_encode(std::string_view text);

/// Fills the "{name}" places of a path template; values are percent-encoded. Each place must be
/// given a value.
std::string fill_path(std::string_view path_template,
                      std::initializer_list<std::pair<std::string_view, std::string_view>> values);

}  // namespace restorewatch
