#include "http/base64.h"

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

}  // namespace

std::string base64(std::string_view bytes) {
  std::string text = encoded(bytes, kAlphabet);
  while (text.size() % 4 != 0) text += '=';
  return text;
}

std::string base64url(std::string_view bytes) {
  return encoded(bytes, kUrlAlphabet);
}

std::optional<std::string> from_base64url(std::string_view text) {
  std::string bytes;
  std::uint32_t waiting = 0;
  unsigned bits = 0;
  for (const char c : text) {
    const std::size_t code = kUrlAlphabet.find(c);
    if (code == std::string_view::npos) return std::nullopt;
    waiting = waiting << 6U | static_cast<std::uint32_t>(code);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(waiting >> bits & 0xFFU);
  }
  // Bits left over, or set where none should be: nothing of ours.
  if (base64url(bytes) != text) return std::nullopt;
  return bytes;
}

}  // namespace restorewatch
