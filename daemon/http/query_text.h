#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace restorewatch {

/// What stands behind the "?" of a request, decoded: each name once, no value empty.
using Parameters = std::map<std::string, std::string, std::less<>>;

/// Reads it strictly: whoever mistypes a filter must not be shown everything. An empty value counts
/// as not given, as browsers send it for a field that was left blank. Errors, which name the
/// parameter: one that is not `allowed`, given twice, longer than 256 bytes (a cursor: 1024), with
/// "%" and no two hexadecimal digits, or not UTF-8.
Result<Parameters> parse_query(std::string_view query, std::span<const std::string_view> allowed);

/// As it stands behind a "?", for links: "project=a%20b&state=failed".
std::string query_text(const Parameters& parameters);

/// Absent: not given. The pointer lives as long as the parameters.
const std::string* find(const Parameters& parameters, std::string_view name);

/// A whole number within bounds; `otherwise` where it is not given. Errors: BadConfig, names it.
Result<std::uint64_t> number_of(const Parameters& parameters, std::string_view name,
                                std::uint64_t smallest, std::uint64_t largest,
                                std::uint64_t otherwise);

}  // namespace restorewatch
