#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace restorewatch {

/// RFC 4648, section 4, with padding.
std::string base64(std::string_view bytes);

/// The way back, for what base64() has written and nothing else.
std::optional<std::string> from_base64(std::string_view text);

/// Section 5, for links: other characters and no padding.
std::string base64url(std::string_view bytes);

/// The way back, for what base64url() has written and nothing else.
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace restorewatch
