#include "atlas/api_url.h"

#include <cassert>

namespace restorewatch {
namespace {

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

}  // namespace

std::string percent_encode(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_unreserved(c)) {
      out += c;
    } else {
      out += {'%', kHex[byte >> 4U], kHex[byte & 0xFU]};
    }
  }
  return out;
}

std::string fill_path(std::string_view path_template,
                      std::initializer_list<std::pair<std::string_view, std::string_view>> values) {
  std::string path(path_template);
  for (const auto& [name, value] : values) {
    const std::string place = "{" + std::string(name) + "}";
    const auto at = path.find(place);
    if (at != std::string::npos) path.replace(at, place.size(), percent_encode(value));
  }
  assert(path.find('{') == std::string::npos);
  return path;
}

}  // namespace restorewatch
