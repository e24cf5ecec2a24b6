#include "store/chain_head.h"

#include <charconv>
#include <system_error>

namespace restorewatch {

std::string to_string(const ChainHead& head) {
  return std::to_string(head.seq) + ":" + to_hex(head.hash);
}

std::optional<ChainHead> parse_head(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::optional<Digest> hash = digest_from_hex(text.substr(colon + 1));
  ChainHead head;
  const char* const end = text.data() + colon;
  const auto [stop, error] = std::from_chars(text.data(), end, head.seq);
  if (!hash || error != std::errc{} || stop != end) return std::nullopt;
  head.hash = *hash;
  return head;
}

}  // namespace restorewatch
