#include "base/duration_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace restorewatch {
namespace {

struct Unit {
  const char* name;
  std::int64_t seconds;
};

constexpr std::array kUnits{Unit{"d", 86'400}, Unit{"h", 3'600}, Unit{"min", 60}, Unit{"s", 1}};
constexpr std::int64_t kExactBelow = 10;  // seconds

}  // namespace

std::string duration_text(std::chrono::milliseconds duration, int units) {
  const std::int64_t milliseconds = std::max<std::int64_t>(duration.count(), 0);
  std::int64_t left = milliseconds / 1000;
  if (left < kExactBelow) return fmt::format("{:.3g} s", static_cast<double>(milliseconds) / 1000);
  std::string text;
  for (const Unit& unit : kUnits) {
    const std::int64_t count = left / unit.seconds;
    if (text.empty() && count == 0) continue;
    left -= count * unit.seconds;
    if (count > 0) text += fmt::format("{}{} {}", text.empty() ? "" : " ", count, unit.name);
    if (--units == 0) break;
  }
  return text;
}

}  // namespace restorewatch
