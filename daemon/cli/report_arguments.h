#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "report/report.h"
#include "report/report_writer.h"

namespace restorewatch {

/// What `restorewatch report` was given.
struct ReportArguments {
  std::optional<std::string> since{};
  std::optional<std::string> until{};
  std::string format = "markdown";
  std::optional<std::string> table{};
  std::optional<std::string> project{};
  std::optional<std::string> cluster{};
  std::optional<std::string> output{};  // absent: standard output
};

/// The period: each end a time in RFC 3339, or a day, which is its beginning in UTC; `since` also a
/// duration before the end. By default the 90 days before `now`. Errors: BadConfig.
Result<Period> period_of(const ReportArguments& arguments, WallTime now);

struct ReportShape {
  ReportFormat format = ReportFormat::Markdown;
  ReportTable table = ReportTable::Restores;
};

/// Errors: BadConfig.
Result<ReportShape> shape_of(const ReportArguments& arguments);

/// As a POSIX shell reads it back.
std::string shell_quoted(const std::string& text);

}  // namespace restorewatch
