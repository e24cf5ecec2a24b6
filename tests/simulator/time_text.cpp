#include "simulator/time_text.h"

#include <array>
#include <charconv>
#include <cstdio>
#include <utility>

namespace atlas_simulator {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::seconds;

// More than a century is a typing error, and would overflow when times are added up.
constexpr std::int64_t kMostDays = 36'500;

std::optional<int> parse_digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::optional<Millis> unit_length(std::string_view unit) {
  static constexpr std::array<std::pair<std::string_view, Millis>, 5> kUnits{{
      {"ms", Millis(1)},
      {"s", seconds(1)},
      {"m", std::chrono::minutes(1)},
      {"h", std::chrono::hours(1)},
      {"d", days(1)},
  }};
  for (const auto& [name, length] : kUnits) {
    if (name == unit) return length;
  }
  return std::nullopt;
}

bool has_iso_shape(std::string_view text) {
  constexpr std::string_view kShape = "dddd-dd-ddTdd:dd:ddZ";
  if (text.size() != kShape.size()) return false;
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    if (kShape[i] != 'd' && kShape[i] != text[i]) return false;
  }
  return true;
}

}  // namespace

std::string iso_text(VirtualTime time) {
  const auto day = floor<days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(floor<seconds>(time) - day);
  std::array<char, 64> buffer{};
  const int length = std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ",
                                   int(date.year()), unsigned(date.month()), unsigned(date.day()),
                                   int(clock.hours().count()), int(clock.minutes().count()),
                                   int(clock.seconds().count()));
  return {buffer.data(), static_cast<std::size_t>(length)};
}

std::string http_text(VirtualTime time) {
  static constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed",
                                                    "Thu", "Fri", "Sat"};
  static constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = floor<days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(floor<seconds>(time) - day);
  std::array<char, 64> buffer{};
  const int length = std::snprintf(
      buffer.data(), buffer.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
      kDays.at(std::chrono::weekday(day).c_encoding()), unsigned(date.day()),
      kMonths.at(unsigned(date.month()) - 1), int(date.year()), int(clock.hours().count()),
      int(clock.minutes().count()), int(clock.seconds().count()));
  return {buffer.data(), static_cast<std::size_t>(length)};
}

std::optional<VirtualTime> parse_iso(std::string_view text) {
  if (!has_iso_shape(text)) return std::nullopt;
  const auto year = parse_digits(text.substr(0, 4));
  const auto month = parse_digits(text.substr(5, 2));
  const auto day = parse_digits(text.substr(8, 2));
  const auto hour = parse_digits(text.substr(11, 2));
  const auto minute = parse_digits(text.substr(14, 2));
  const auto second = parse_digits(text.substr(17, 2));
  if (!year || !month || !day || !hour || !minute || !second) return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day)));
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  return std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
         seconds(*second);
}

std::int64_t unix_seconds(VirtualTime time) {
  return floor<seconds>(time).time_since_epoch().count();
}

std::optional<Millis> parse_duration(std::string_view text) {
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc()) return std::nullopt;
  const auto unit = unit_length({rest, static_cast<std::size_t>(end - rest)});
  if (!unit) return std::nullopt;
  const std::int64_t most = Millis(days(kMostDays)) / *unit;
  if (number > most || number < -most) return std::nullopt;
  return number * *unit;
}

}  // namespace atlas_simulator
