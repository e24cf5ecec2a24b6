#include "base/base64.h"

#include <cstdint>

namespace restorewatch {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kUrlAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string encoded(std::string_view bytes, std::string_view alphabet) {
  std::string text;
  std::uint32_t waiting = 0;
  unsigned bits = 0;
  for (const char c : bytes) {
    waiting = waiting << 8U | static_cast<unsigned char>(c);
    for (bits += 8; bits >= 6; bits -= 6) text += alphabet[waiting >> (bits - 6) & 0x3FU];
  }
  if (bits > 0) text += alphabet[waiting << (6 - bits) & 0x3FU];
  return text;
}

/// The way back; absent where it is not exactly what `encode` makes of the result: other
/// characters, bits left over, or set where none should be.
std::optional<std::string> decoded(std::string_view text, std::string_view alphabet,
                                   std::string (*encode)(std::string_view)) {
  std::string bytes;
  std::uint32_t waiting = 0;
  unsigned bits = 0;
  for (const char c : text.substr(0, text.find('='))) {
    const std::size_t code = alphabet.find(c);
    if (code == std::string_view::npos) return std::nullopt;
    waiting = waiting << 6U | static_cast<std::uint32_t>(code);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(waiting >> bits & 0xFFU);
  }
  if (encode(bytes) != text) return std::nullopt;
  return bytes;
}

}  // namespace

std::string base64(std::string_view bytes) {
  std::string text = encoded(bytes, kAlphabet);
  while (text.size() % 4 != 0) text += '=';
  return text;
}

std::string base64url(std::string_view bytes) {
  return encoded(bytes, kUrlAlphabet);
}

std::optional<std::string> from_base64(std::string_view text) {
  return decoded(text, kAlphabet, base64);
}

std::optional<std::string> from_base64url(std::string_view text) {
  return decoded(text, kUrlAlphabet, base64url);
}

}  // namespace restorewatch
