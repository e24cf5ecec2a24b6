#include "base/utf8.h"
#include "report/cells.h"
#include "report/report_writer.h"

namespace restorewatch {
namespace {

bool looks_like_a_formula(std::string_view text) {
  return !text.empty() &&
         std::string_view("=+-@\t\r\n").find(text.front()) != std::string_view::npos;
}

void append_field(std::string& line, std::string_view text) {
  if (text.find_first_of("\",\r\n") == std::string_view::npos) {
    line += text;
    return;
  }
  line += '"';
  for (const char c : text) {
    if (c == '"') line += '"';
    line += c;
  }
  line += '"';
}

std::string value_of(const Cell& cell) {
  if (cell.type != Cell::Type::Text) return cell.value;
  return (looks_like_a_formula(cell.value) ? "'" : "") + only_utf8(cell.value);
}

std::string header(const Cells& cells) {
  std::string line;
  for (const Cell& cell : cells) {
    if (!line.empty()) line += ',';
    line += cell.key;
  }
  return line + "\r\n";
}

std::string record(const Cells& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) line += ',';
    append_field(line, value_of(cells[i]));
  }
  return line + "\r\n";
}

/// Of a record without values: the keys are always the same.
std::string header_of(ReportTable table) {
  switch (table) {
    case ReportTable::Restores:
    case ReportTable::Downloads:
      return header(cells_of(ReportRow{}));
    case ReportTable::Clusters:
      return header(cells_of(ClusterSummary{}, Period{}));
    case ReportTable::Gaps: {
      Report one;
      one.gaps.resize(1);
      one.gap_clusters.resize(1);
      return header(gap_cells(one, 0));
    }
    case ReportTable::Rules:
      return header(cells_of(RulesChange{}));
    case ReportTable::About:
      return header(about_cells(Report{}));
  }
  return "";
}

class CsvWriter final : public ReportWriter {
 public:
  CsvWriter(const Report& report, ReportTable table) : report_(report), table_(table) {}

  bool takes(Kind kind) const override {
    return table_ == (kind == Kind::Restore ? ReportTable::Restores : ReportTable::Downloads);
  }

  std::string opening() override {
    std::string text = header_of(table_);
    if (table_ == ReportTable::Clusters) {
      for (const ClusterSummary& summary : report_.clusters) {
        text += record(cells_of(summary, report_.asked.period));
      }
    } else if (table_ == ReportTable::Gaps) {
      for (std::size_t i = 0; i < report_.gaps.size(); ++i) text += record(gap_cells(report_, i));
    } else if (table_ == ReportTable::Rules) {
      for (const RulesChange& change : report_.rules) text += record(cells_of(change));
    } else if (table_ == ReportTable::About) {
      text += record(about_cells(report_));
    }
    return text;
  }

  std::string row(const ReportRow& row) override { return record(cells_of(row)); }
  std::string between() override { return ""; }
  std::string end() override { return ""; }

 private:
  const Report& report_;
  ReportTable table_;
};

}  // namespace

std::unique_ptr<ReportWriter> csv_writer(const Report& report, ReportTable table) {
  return std::make_unique<CsvWriter>(report, table);
}

}  // namespace restorewatch
