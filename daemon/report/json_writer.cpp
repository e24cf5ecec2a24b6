#include "base/log_line.h"
#include "report/cells.h"
#include "report/report_writer.h"

namespace restorewatch {
namespace {

void append_value(std::string& out, const Cell& cell) {
  switch (cell.type) {
    case Cell::Type::Absent:
      out += "null";
      break;
    case Cell::Type::Text:
      append_json_string(out, cell.value);
      break;
    case Cell::Type::Literal:
      out += cell.value;
      break;
  }
}

std::string object(const Cells& cells) {
  std::string out = "{";
  for (const Cell& cell : cells) {
    if (out.size() > 1) out += ',';
    append_json_string(out, cell.key);
    out += ':';
    append_value(out, cell);
  }
  return out + "}";
}

/// One object a line, so that a diff of two reports can be read.
class List {
 public:
  std::string item(const Cells& cells) {
    const char* const before = empty_ ? "\n" : ",\n";
    empty_ = false;
    return before + object(cells);
  }

 private:
  bool empty_ = true;
};

class JsonWriter final : public ReportWriter {
 public:
  explicit JsonWriter(const Report& report) : report_(report) {}

  bool takes(Kind /*kind*/) const override { return true; }

  std::string opening() override {
    std::string text = "{\"about\":" + object(about_cells(report_)) + ",\n\"clusters\":[";
    List clusters;
    for (const ClusterSummary& summary : report_.clusters) {
      text += clusters.item(cells_of(summary, report_.asked.period));
    }
    text += "],\n\"gaps\":[";
    List gaps;
    for (std::size_t i = 0; i < report_.gaps.size(); ++i) text += gaps.item(gap_cells(report_, i));
    text += "],\n\"rules\":[";
    List rules;
    for (const RulesChange& change : report_.rules) text += rules.item(cells_of(change));
    return text + "],\n\"restores\":[";
  }

  std::string row(const ReportRow& row) override { return rows_.item(cells_of(row)); }

  std::string between() override {
    rows_ = {};
    return "],\n\"downloads\":[";
  }

  std::string end() override { return "]}\n"; }

 private:
  const Report& report_;
  List rows_;
};

}  // namespace

std::unique_ptr<ReportWriter> json_writer(const Report& report) {
  return std::make_unique<JsonWriter>(report);
}

}  // namespace restorewatch
