#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/secret.h"

namespace restorewatch {

/// 32 bytes of SHA-256.
using Digest = std::array<std::uint8_t, 32>;

/// FIPS 180-4, over `head` and then `tail`. Thread-safe.
Digest sha256(const Digest& head, std::string_view tail);
Digest sha256(std::string_view text);

/// RFC 2104. Thread-safe.
Digest hmac_sha256(const Secret& key, std::string_view message);

/// 64 hex digits, lower case.
std::string to_hex(const Digest& digest);
std::optional<Digest> digest_from_hex(std::string_view text);  // either case

}  // namespace restorewatch
