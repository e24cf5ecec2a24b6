#pragma once

#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

namespace restorewatch {

/// The text as a number in decimal digits; absent where it is anything besides, or does not fit.
template <typename Number>
std::optional<Number> whole_number(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace restorewatch
