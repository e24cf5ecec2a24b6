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

/// The rows of the tables in `file`, a path in the repository, between `heading`, a whole line, and
/// the next heading: those that begin with a name in backticks. Without a heading, of all tables.
inline std::vector<TableRow> table_rows(const std::string& file, std::string_view heading = "") {
  std::ifstream document(RW_SOURCE_DIR "/" + file);
  std::vector<TableRow> rows;
  bool inside = heading.empty();
  for (std::string line; std::getline(document, line);) {
    if (line.starts_with('#') && !heading.empty()) inside = line == heading;
    if (inside && line.starts_with("| `")) rows.push_back(cells_of(line));
  }
  return rows;
}

inline std::vector<TableRow> readme_rows(std::string_view heading) {
  return table_rows("README.md", heading);
}

}  // namespace restorewatch
