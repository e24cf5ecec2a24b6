#include "base/http_date.h"

#include <algorithm>
#include <array>
#include <string>

namespace restorewatch {
namespace {

constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string two_digits(std::size_t number) {
  return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
}

/// Cuts the text before the next space off its front.
std::string_view next_word(std::string_view& text) {
  const std::size_t end = std::min(text.find(' '), text.size());
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return word;
}

}  // namespace

std::optional<WallTime> parse_http_date(std::string_view text) {
  const std::string_view weekday = next_word(text);
  const std::string_view day = next_word(text);
  const auto month = static_cast<std::size_t>(
      std::find(kMonths.begin(), kMonths.end(), next_word(text)) - kMonths.begin());
  const std::string_view year = next_word(text);
  const std::string_view clock = next_word(text);
  if (!weekday.ends_with(',') || day.empty() || day.size() > 2 || month == kMonths.size() ||
      clock.size() != 8 || text != "GMT") {
    return std::nullopt;
  }
  // The rest is checked by the parser of the other notation.
  return parse_time(std::string(year) + "-" + two_digits(month + 1) + "-" +
                    std::string(2 - day.size(), '0') + std::string(day) + "T" + std::string(clock) +
                    "Z");
}

}  // namespace restorewatch
