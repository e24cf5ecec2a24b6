#include "simulator/object_id.h"

#include <array>
#include <cstdint>
#include <cstdio>

#include "simulator/time_text.h"

namespace atlas_simulator {

bool is_object_id(std::string_view text) {
  return text.size() == 24 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string object_id(VirtualTime created, Draws& draws) {
  std::array<char, 16> seconds{};
  const auto stamp = static_cast<std::uint32_t>(unix_seconds(created));
  std::snprintf(seconds.data(), seconds.size(), "%08x", stamp);
  return seconds.data() + draws.hex(16);
}

}  // namespace atlas_simulator
