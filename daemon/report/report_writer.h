#pragma once

#include <memory>
#include <string>

#include "report/report.h"

namespace restorewatch {

enum class ReportFormat { Csv, Json, Markdown };

/// What a file of CSV holds; it has one sort of record.
enum class ReportTable { Restores, Downloads, Clusters, Gaps, Rules, About };

/// Makes the text of a report, piece by piece, so that no more than a row is held at a time: the
/// opening, a row for each restore, what stands between, a row for each download, the end.
class ReportWriter {
 public:
  virtual ~ReportWriter() = default;

  /// Whether rows of that kind are written at all; the others need not be read.
  virtual bool takes(Kind kind) const = 0;
  virtual std::string opening() = 0;
  virtual std::string row(const ReportRow& row) = 0;
  virtual std::string between() = 0;
  virtual std::string end() = 0;
};

// `report` must outlive each of them.

/// RFC 4180, with a header line. A text that a spreadsheet would take for a formula, since it
/// begins with = + - @, a tab or a line break, has an apostrophe in front.
std::unique_ptr<ReportWriter> csv_writer(const Report& report, ReportTable table);
/// One object.
std::unique_ptr<ReportWriter> json_writer(const Report& report);
/// For people, and for pandoc.
std::unique_ptr<ReportWriter> markdown_writer(const Report& report);

}  // namespace restorewatch
