#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/sha256.h"

namespace restorewatch {

/// The end of a chain of entries: the last one's number, and its hash, which is over all of them.
struct ChainHead {
  std::uint64_t seq = 0;
  Digest hash{};  // zeros before the first entry

  bool operator==(const ChainHead&) const = default;
};

/// "<seq>:<64 hex digits>", as the journal's head is announced, and the way back.
std::string to_string(const ChainHead& head);
std::optional<ChainHead> parse_head(std::string_view text);

}  // namespace restorewatch
