#include "jobs/object_id.h"

#include <array>
#include <cstring>

namespace restorewatch {
namespace {

constexpr std::uint8_t kNotHex = 0xFF;

/// The value of each character as a hex digit. A table, since ids are most of what is read of an
/// answer: comparing ranges took a tenth of the whole decoding.
constexpr std::array<std::uint8_t, 256> make_hex_values() {
  std::array<std::uint8_t, 256> values{};
  values.fill(kNotHex);
  for (std::uint8_t i = 0; i < 10; ++i) values[std::size_t{'0'} + i] = i;
  for (std::uint8_t i = 0; i < 6; ++i) {
    values[std::size_t{'a'} + i] = static_cast<std::uint8_t>(10 + i);
    values[std::size_t{'A'} + i] = static_cast<std::uint8_t>(10 + i);
  }
  return values;
}
constexpr std::array<std::uint8_t, 256> kHexValues = make_hex_values();

unsigned hex_value(char c) {
  return kHexValues[static_cast<unsigned char>(c)];
}

}  // namespace

std::optional<ObjectId> parse_object_id(std::string_view hex) {
  ObjectId id;
  if (hex.size() != 2 * id.bytes.size()) return std::nullopt;
  unsigned all_bits = 0;  // that any digit has: one look at the end is cheaper than 24
  for (std::size_t i = 0; i < id.bytes.size(); ++i) {
    const unsigned high = hex_value(hex[2 * i]);
    const unsigned low = hex_value(hex[2 * i + 1]);
    all_bits |= high | low;
    id.bytes[i] = static_cast<std::uint8_t>(high << 4U | low);
  }
  if (all_bits > 0xF) return std::nullopt;
  return id;
}

std::string to_string(const ObjectId& id) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  hex.reserve(2 * id.bytes.size());
  for (const std::uint8_t byte : id.bytes) {
    hex += kDigits[byte >> 4U];
    hex += kDigits[byte & 0xFU];
  }
  return hex;
}

WallTime created_at(const ObjectId& id) {
  std::uint32_t seconds = 0;
  for (std::size_t i = 0; i < 4; ++i) seconds = (seconds << 8U) | id.bytes[i];
  return from_unix_seconds(seconds);
}

}  // namespace restorewatch

std::size_t std::hash<restorewatch::ObjectId>::operator()(
    const restorewatch::ObjectId& id) const noexcept {
  // The last eight bytes are random and a counter: already as good as hashed.
  std::uint64_t tail = 0;
  std::memcpy(&tail, id.bytes.data() + 4, sizeof tail);
  return static_cast<std::size_t>(tail * 0x9E3779B97F4A7C15ULL);
}
