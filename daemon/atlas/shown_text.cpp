#include "atlas/shown_text.h"

#include <algorithm>
#include <array>

namespace restorewatch {
namespace {

constexpr std::string_view kBetweenWords = " \t\r\n\"'`<>()[]";

constexpr std::array<std::string_view, 6> kSecretsNames{"token",      "secret", "password",
                                                        "credential", "sig",    "key"};

bool contains(std::string_view text, std::string_view part) {
  const auto same = [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? a + ('a' - 'A') : a) == b;
  };
  // clang 14 cannot read std::ranges::search.
  return std::search(text.begin(), text.end(), part.begin(), part.end(), same) != text.end();
}

/// "token=…", "X-Amz-Signature=…".
bool gives_a_secret(std::string_view word) {
  const std::string_view name = word.substr(0, word.find('='));
  return name.size() < word.size() &&
         std::ranges::any_of(kSecretsNames, [&](auto part) { return contains(name, part); });
}

/// Anything that may be a part of a link: signed links hold commas, semicolons and more, may come
/// without their scheme or host, or be a parameter of another link.
bool looks_like_link(std::string_view word) {
  return word.find_first_of("/?@") != std::string_view::npos || word.starts_with("www.") ||
         contains(word, "%2f") || gives_a_secret(word);
}

void append_printable(std::string& out, std::string_view text) {
  for (const char c : text) out += c >= ' ' && c <= '~' ? c : '?';
}

}  // namespace

std::string shown(std::string_view text, std::size_t limit) {
  std::string out;
  while (!text.empty() && out.size() < limit) {
    const std::size_t word_end = std::min(text.find_first_of(kBetweenWords), text.size());
    const std::string_view word = text.substr(0, word_end);
    append_printable(out, looks_like_link(word) ? "[link]" : word);
    text.remove_prefix(word_end);
    if (text.empty()) break;
    append_printable(out, text.substr(0, 1));
    text.remove_prefix(1);
  }
  if (out.size() > limit) out.resize(limit);
  return out;
}

}  // namespace restorewatch
