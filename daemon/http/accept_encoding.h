#pragma once

#include <string_view>

namespace restorewatch {

/// Whether a client with this Accept-Encoding is to be sent gzip: it takes it, and does not like
/// plain bytes better. What is not well-formed counts as not said. Source: RFC 9110, 12.5.3.
bool prefers_gzip(std::string_view accept_encoding);

}  // namespace restorewatch
