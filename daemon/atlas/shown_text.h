#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace restorewatch {

/// Text from outside, made fit for an error's detail or a log line: printable ASCII only, whatever
/// looks like a link or a named secret replaced by "[link]" (download links carry their access
/// token), at most `limit` characters.
std::string shown(std::string_view text, std::size_t limit = 200);

}  // namespace restorewatch
