#include "http/weighted_list.h"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace restorewatch {
namespace {

constexpr std::string_view kBlank = " \t";
constexpr int kFull = 1000;  // weights are counted in thousandths

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

/// Where the separator is first, outside of quotes; else the end.
std::size_t find_outside_quotes(std::string_view text, char separator) {
  bool is_quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '"') is_quoted = !is_quoted;
    if (is_quoted && text[at] == '\\') ++at;
    if (!is_quoted && text[at] == separator) return at;
  }
  return text.size();
}

/// What comes before the separator; that and the separator are taken off `rest`.
std::string_view take(std::string_view& rest, char separator) {
  const std::string_view part = rest.substr(0, find_outside_quotes(rest, separator));
  rest.remove_prefix(std::min(rest.size(), part.size() + 1));
  return trimmed(part);
}

std::string_view without_quotes(std::string_view text) {
  const bool is_quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
  return is_quoted ? text.substr(1, text.size() - 2) : text;
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// "0", "1", or one of them with a point and up to three digits, at most 1.
std::optional<int> thousandths(std::string_view text) {
  if (text.empty() || text.size() > 5 || !is_digit(text[0])) return std::nullopt;
  int value = (text[0] - '0') * kFull;
  if (text.size() > 1 && text[1] != '.') return std::nullopt;
  int scale = kFull / 10;
  for (std::size_t i = 2; i < text.size(); ++i, scale /= 10) {
    if (!is_digit(text[i])) return std::nullopt;
    value += (text[i] - '0') * scale;
  }
  return value <= kFull ? std::optional(value) : std::nullopt;
}

std::optional<WeightedItem> item_from(std::string_view text) {
  WeightedItem item;
  item.value = take(text, ';');
  if (item.value.empty()) return std::nullopt;
  while (!text.empty()) {
    std::string_view value = take(text, ';');
    if (value.empty()) continue;
    const std::string_view name = take(value, '=');
    value = without_quotes(trimmed(value));
    if (!same_word(name, "q")) {
      item.parameters.push_back({name, value});
      continue;
    }
    const std::optional<int> weight = thousandths(value);
    if (!weight) return std::nullopt;
    item.weight = *weight;
  }
  return item;
}

}  // namespace

std::vector<WeightedItem> weighted_list(std::string_view header) {
  std::vector<WeightedItem> items;
  while (!header.empty()) {
    if (auto item = item_from(take(header, ','))) items.push_back(*std::move(item));
  }
  return items;
}

bool same_word(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

}  // namespace restorewatch
