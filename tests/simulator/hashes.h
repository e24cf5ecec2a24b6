#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "simulator/scenario.h"

namespace atlas_simulator {

/// The hash of `text` in lower-case hexadecimal digits.
std::string hash_hex(HashKind kind, std::string_view text);

std::string base64(std::string_view bytes);

/// Absent if `text` is not base64.
std::optional<std::string> from_base64(const std::string& text);

}  // namespace atlas_simulator
