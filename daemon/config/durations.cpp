#include "config/durations.h"

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <system_error>

namespace restorewatch {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t millis;
};

constexpr std::int64_t kDay = 86'400'000;
constexpr std::array<Unit, 7> kUnits{{{"y", 365 * kDay},
                                      {"w", 7 * kDay},
                                      {"d", kDay},
                                      {"h", 3'600'000},
                                      {"m", 60'000},
                                      {"s", 1000},
                                      {"ms", 1}}};

std::string_view take_unit(std::string_view& text) {
  std::size_t length = 0;
  while (length < text.size() && text[length] >= 'a' && text[length] <= 'z') ++length;
  const std::string_view unit = text.substr(0, length);
  text.remove_prefix(length);
  return unit;
}

// from_chars also reads a minus sign, which no duration has.
std::optional<std::int64_t> take_number(std::string_view& text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || text.front() == '-') return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

}  // namespace

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
  if (text.empty()) return std::nullopt;
  std::int64_t total = 0;
  std::size_t smallest_used = 0;  // units from here on are still allowed
  while (!text.empty()) {
    const std::optional<std::int64_t> number = take_number(text);
    if (!number) return std::nullopt;
    const std::string_view name = take_unit(text);
    std::size_t unit = smallest_used;
    while (unit < kUnits.size() && kUnits[unit].name != name) ++unit;
    if (unit == kUnits.size()) return std::nullopt;
    const std::int64_t room = std::numeric_limits<std::int64_t>::max() - total;
    if (*number > room / kUnits[unit].millis) return std::nullopt;
    total += *number * kUnits[unit].millis;
    smallest_used = unit + 1;
  }
  return std::chrono::milliseconds{total};
}

std::string format_duration(std::chrono::milliseconds duration) {
  const std::int64_t millis = duration.count();
  if (millis == 0) return "0s";
  for (const Unit& unit : kUnits) {
    if (millis % unit.millis == 0) {
      return std::to_string(millis / unit.millis) + std::string(unit.name);
    }
  }
  return std::to_string(millis) + "ms";
}

}  // namespace restorewatch
