#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/report.h"

namespace restorewatch {

/// One value of a record: a column of CSV, a member of JSON. Keys never change their meaning; what
/// they mean is in docs/report.md.
struct Cell {
  enum class Type {
    Absent,   // not known, or there is none
    Text,     //
    Literal,  // a number, true or false
  };

  std::string_view key;  // a literal
  Type type = Type::Absent;
  std::string value{};

  bool operator==(const Cell&) const = default;
};

using Cells = std::vector<Cell>;

// The records of a report. Each always has the same keys, in the same order. Times are RFC 3339 in
// UTC, durations seconds.
Cells cells_of(const ReportRow& row);
Cells cells_of(const ClusterSummary& summary, const Period& period);
/// Those of the one at `index`.
Cells gap_cells(const Report& report, std::size_t index);
Cells cells_of(const RulesChange& change);
/// What the report is, and how it is proved.
Cells about_cells(const Report& report);

/// Exact: "12", "0.25".
std::string seconds_text(std::chrono::milliseconds time);

}  // namespace restorewatch
