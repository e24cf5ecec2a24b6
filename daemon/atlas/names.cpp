#include "atlas/names.h"

#include <algorithm>
#include <cstddef>

namespace restorewatch {
namespace {

constexpr std::size_t kMaxNameBytes = 256;

bool is_control(char c) {
  return static_cast<unsigned char>(c) < ' ' || c == '\x7f';
}

}  // namespace

bool is_name(std::string_view text) {
  return text.size() <= kMaxNameBytes && std::none_of(text.begin(), text.end(), is_control);
}

}  // namespace restorewatch
