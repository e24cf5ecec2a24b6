#include "config/text_checks.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace restorewatch {
namespace {

Problem problem_at(std::string_view text, std::size_t offset, const char* message) {
  const std::string_view before = text.substr(0, offset);
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  return {static_cast<int>(std::ranges::count(before, '\n')) + 1,
          static_cast<int>(offset - line_start) + 1, "", message};
}

/// How many bytes the character that begins here must have; 0: none begins with this byte.
std::size_t sequence_length(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return 2;
  if (first >= 0xE0 && first <= 0xEF) return 3;
  if (first >= 0xF0 && first <= 0xF4) return 4;
  return 0;
}

/// Refuses, besides wrong bytes, what RFC 3629 does: overlong forms, surrogates, past U+10FFFF.
bool is_character(std::string_view bytes) {
  std::uint32_t code = static_cast<unsigned char>(bytes.front()) & (0xFFU >> (bytes.size() + 1));
  for (const char c : bytes.substr(1)) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) != 0x80U) return false;
    code = (code << 6U) | (byte & 0x3FU);
  }
  constexpr std::array<std::uint32_t, 5> kSmallest{0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  return code >= kSmallest[bytes.size()] && code <= 0x10FFFF && !surrogate;
}

std::optional<std::size_t> find_not_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t length = sequence_length(static_cast<unsigned char>(text[at]));
    if (length == 0 || length > text.size() - at) return at;
    if (length > 1 && !is_character(text.substr(at, length))) return at;
    at += length;
  }
  return std::nullopt;
}

std::optional<std::size_t> find_tab_indentation(std::string_view text) {
  bool in_indentation = true;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (in_indentation && text[at] == '\t') return at;
    in_indentation = text[at] == '\n' || (in_indentation && text[at] == ' ');
  }
  return std::nullopt;
}

}  // namespace

std::optional<Problem> find_text_problem(std::string_view text) {
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    return problem_at(text, nul, "a NUL byte; the file must be text in UTF-8");
  }
  if (const auto bad = find_not_utf8(text)) {
    return problem_at(text, *bad, "not UTF-8; the file must be text in UTF-8");
  }
  if (const auto tab = find_tab_indentation(text)) {
    return problem_at(text, *tab, "a tab; YAML is indented with spaces");
  }
  return std::nullopt;
}

}  // namespace restorewatch
