#pragma once

#include <chrono>
#include <string_view>

#include "base/result.h"

namespace restorewatch {

/// Puts a failed transfer into our words. `code` is a CURLcode, `words` libcurl's own text for
/// this failure (CURLOPT_ERRORBUFFER: it names hosts, ports and certificates, no path and no
/// login), `timeout` the deadline that the request had.
Error error_from_curl(int code, std::string_view words, std::chrono::milliseconds timeout);

}  // namespace restorewatch
