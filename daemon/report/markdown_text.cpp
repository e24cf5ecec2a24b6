#include "report/markdown_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/log_line.h"

namespace restorewatch {

std::string markdown_escaped(std::string_view text) {
  // A dash or a dot only where it stands behind another: pandoc makes typography of these.
  constexpr std::string_view kActs = R"(\`*_{}[]<>#|~^$@&"')";
  std::string out;
  char last = ' ';
  for (const char c : escaped(text)) {
    const bool makes_typography = (c == '-' || c == '.') && c == last;
    const bool makes_a_link = c == '/' && last == ':';
    if (kActs.find(c) != std::string_view::npos || makes_typography || makes_a_link) out += '\\';
    out += c;
    last = c;
  }
  return out;
}

std::string markdown_code(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  return "    " + text + "\n";
}

std::string markdown_row(std::initializer_list<std::string_view> cells) {
  return fmt::format("| {} |\n", fmt::join(cells, " | "));
}

std::string markdown_head(std::initializer_list<std::string_view> cells) {
  std::string line = markdown_row(cells) + "|";
  for (std::size_t i = 0; i < cells.size(); ++i) line += " --- |";
  return line + "\n";
}

}  // namespace restorewatch
