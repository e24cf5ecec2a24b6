#include "cli/report_arguments.h"

#include <algorithm>
#include <array>
#include <utility>

#include "config/durations.h"

namespace restorewatch {
namespace {

constexpr std::chrono::hours kByDefault{90 * 24};

Error bad(std::string detail) {
  return {ErrorKind::BadConfig, std::move(detail)};
}

std::optional<WallTime> time_or_day(const std::string& text) {
  constexpr std::size_t kLengthOfADay = 10;  // "2026-11-22"
  return parse_time(text.size() == kLengthOfADay ? text + "T00:00:00Z" : text);
}

template <typename Value, std::size_t Count>
std::optional<Value> word(const std::array<std::pair<const char*, Value>, Count>& words,
                          const std::string& text) {
  const auto found = std::ranges::find(words, text, &std::pair<const char*, Value>::first);
  return found == words.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

Result<Period> period_of(const ReportArguments& arguments, WallTime now) {
  Period period{now - kByDefault, now};
  if (arguments.until) {
    const auto until = time_or_day(*arguments.until);
    if (!until) return bad("--until: give a day (2026-09-01) or a time (2026-09-01T00:00:00Z)");
    period.until = std::min(*until, now);  // nobody has seen what comes
    period.since = period.until - kByDefault;
  }
  if (arguments.since) {
    const auto before = parse_duration(*arguments.since);
    // A time before 1970 is no time at all.
    const bool is_too_long = before && *before > period.until.time_since_epoch();
    const auto since = before ? period.until - *before : time_or_day(*arguments.since);
    if (!since || is_too_long) {
      return bad(
          "--since: give a day (2026-06-01), a time (2026-06-01T00:00:00Z), or how long before "
          "the end (90d)");
    }
    period.since = *since;
  }
  if (period.since >= period.until) {
    return bad("--since " + format_time(period.since) + " is not before --until " +
               format_time(period.until));
  }
  return period;
}

Result<ReportShape> shape_of(const ReportArguments& arguments) {
  constexpr std::array<std::pair<const char*, ReportFormat>, 3> kFormats{
      {{"csv", ReportFormat::Csv},
       {"json", ReportFormat::Json},
       {"markdown", ReportFormat::Markdown}}};
  constexpr std::array<std::pair<const char*, ReportTable>, 6> kTables{
      {{"restores", ReportTable::Restores},
       {"downloads", ReportTable::Downloads},
       {"clusters", ReportTable::Clusters},
       {"gaps", ReportTable::Gaps},
       {"rules", ReportTable::Rules},
       {"about", ReportTable::About}}};
  const auto format = word(kFormats, arguments.format);
  const auto table = word(kTables, arguments.table.value_or("restores"));
  if (!format) return bad("--format: give csv, json or markdown");
  if (!table) return bad("--table: give restores, downloads, clusters, gaps, rules or about");
  if (arguments.table && *format != ReportFormat::Csv) {
    return bad("--table is for --format csv; the others hold all of it");
  }
  return ReportShape{*format, *table};
}

std::string shell_quoted(const std::string& text) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._-:";
  if (!text.empty() && text.find_first_not_of(kPlain) == std::string::npos) return text;
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

}  // namespace restorewatch
