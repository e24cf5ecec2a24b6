#pragma once

#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace restorewatch {

using TableRow = std::vector<std::string>;

/// The cells of "| a | b |", without the blanks around them.
inline TableRow cells_of(std::string_view line) {
  TableRow cells;
  line.remove_prefix(1);
  for (auto bar = line.find('|'); bar != std::string_view::npos; bar = line.find('|')) {
    const std::string_view cell = line.substr(0, bar);
    const auto from = cell.find_first_not_of(' ');
    const auto to = cell.find_last_not_of(' ');
    cells.emplace_back(from == std::string_view::npos ? "" : cell.substr(from, to + 1 - from));
    line.remove_prefix(bar + 1);
  }
  return cells;
}

/// "name" of "`name`".
inline std::string without_backticks(std::string_view cell) {
  const bool quoted = cell.size() > 2 && cell.front() == '`' && cell.back() == '`';
  return std::string(quoted ? cell.substr(1, cell.size() - 2) : cell);
}

/// The rows of the README's tables between `heading`, a whole line, and the next heading: those
/// that begin with a name in backticks.
inline std::vector<TableRow> readme_rows(std::string_view heading) {
  std::ifstream readme(RW_SOURCE_DIR "/README.md");
  std::vector<TableRow> rows;
  bool inside = false;
  for (std::string line; std::getline(readme, line);) {
    if (line.starts_with('#')) inside = line == heading;
    if (inside && line.starts_with("| `")) rows.push_back(cells_of(line));
  }
  return rows;
}

}  // namespace restorewatch
