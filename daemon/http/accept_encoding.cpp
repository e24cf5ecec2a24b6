#include "http/accept_encoding.h"

#include <algorithm>
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

/// What comes before the separator; that and the separator are taken off `rest`.
std::string_view take(std::string_view& rest, char separator) {
  const std::string_view part = rest.substr(0, rest.find(separator));
  rest.remove_prefix(std::min(rest.size(), part.size() + 1));
  return trimmed(part);
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_word(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
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

/// Of `coding;q=weight` the weight: 1 where none is given, absent where that is no weight.
std::optional<int> weight_of(std::string_view parameters) {
  if (parameters.empty()) return kFull;
  std::string_view value = parameters;
  if (!same_word(take(value, '='), "q")) return std::nullopt;
  return thousandths(trimmed(value));
}

}  // namespace

bool prefers_gzip(std::string_view accept_encoding) {
  std::optional<int> gzip;
  std::optional<int> identity;
  std::optional<int> any;
  for (std::string_view rest = accept_encoding; !rest.empty();) {
    std::string_view parameters = take(rest, ',');
    const std::string_view coding = take(parameters, ';');
    const std::optional<int> weight = weight_of(parameters);
    if (!weight) continue;
    if (same_word(coding, "gzip") || same_word(coding, "x-gzip")) gzip = weight;
    if (same_word(coding, "identity")) identity = weight;
    if (coding == "*") any = weight;
  }
  // Plain bytes are always fine unless refused, and worth less than anything asked for by name.
  const int worth = gzip.value_or(any.value_or(0));
  return worth > 0 && worth >= identity.value_or(0);
}

}  // namespace restorewatch
