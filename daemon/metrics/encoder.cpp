#include "metrics/encoder.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <utility>

namespace restorewatch {
namespace {

/// Whole numbers below this are exact in a double and written digit by digit.
constexpr double kExactIntegers = 9007199254740992.0;

constexpr std::string_view kTotal = "_total";

void append_escaped(std::string& out, std::string_view text, bool quotes_too) {
  for (const char c : text) {
    if (c == '\\') {
      out += "\\\\";
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '"' && quotes_too) {
      out += "\\\"";
    } else {
      out += c;
    }
  }
}

template <typename Number>
void append_number(std::string& out, Number number) {
  std::array<char, 32> text;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
  out.append(text.data(), end);
}

void append_line(std::string& out, std::string_view name, std::string_view suffix,
                 std::string_view labels, double value) {
  out += name;
  out += suffix;
  if (!labels.empty()) {
    out += '{';
    out += labels;
    out += '}';
  }
  out += ' ';
  append_value(out, value);
  out += '\n';
}

/// OpenMetrics writes bounds as Go writes floating-point numbers, with a point or an exponent.
void append_bound(std::string& out, double bound, PageFormat format) {
  if (format == PageFormat::Text || std::isinf(bound)) return append_value(out, bound);
  std::array<char, 32> text;
  const auto result =
      std::to_chars(text.data(), text.data() + text.size(), bound, std::chars_format::general);
  const std::string_view written(text.data(), result.ptr);
  out += written;
  if (written.find_first_of(".e") == std::string_view::npos) out += ".0";
}

void append_histogram(std::string& out, std::string_view name, const Series& series,
                      PageFormat format) {
  for (const auto& [bound, count] : series.histogram->buckets) {
    std::string labels = series.labels;
    if (!labels.empty()) labels += ',';
    labels += "le=\"";
    append_bound(labels, bound, format);
    labels += '"';
    append_line(out, name, "_bucket", labels, count);
  }
  append_line(out, name, "_sum", series.labels, series.histogram->sum);
  append_line(out, name, "_count", series.labels, series.histogram->count);
}

/// The unit that the name ends in; empty: none that is known.
std::string_view unit_of(std::string_view name) {
  for (const std::string_view unit : {"seconds", "bytes"}) {
    if (name.ends_with(unit) && name.substr(0, name.size() - unit.size()).ends_with('_')) {
      return unit;
    }
  }
  return {};
}

/// OpenMetrics names a counter without the suffix that its samples have, and writes the unit down.
void append_open_metrics_header(std::string& out, std::string_view name, std::string_view help,
                                std::string_view type) {
  if (type == "untyped") type = "unknown";
  if (type == "counter") {
    if (name.ends_with(kTotal)) {
      name.remove_suffix(kTotal.size());
    } else {
      type = "unknown";
    }
  }
  out.append("# HELP ").append(name) += ' ';
  append_escaped(out, help, /*quotes_too=*/true);
  out.append("\n# TYPE ").append(name).append(" ").append(type) += '\n';
  const std::string_view unit = unit_of(name);
  if (!unit.empty()) out.append("# UNIT ").append(name).append(" ").append(unit) += '\n';
}

}  // namespace

Labels& Labels::add(std::string_view name, std::string_view value) & {
  if (!text_.empty()) text_ += ',';
  text_ += name;
  text_ += "=\"";
  append_escaped(text_, value, /*quotes_too=*/true);
  text_ += '"';
  return *this;
}

Labels&& Labels::add(std::string_view name, std::string_view value) && {
  return std::move(add(name, value));
}

void append_value(std::string& out, double value) {
  if (std::isnan(value)) {
    out += "NaN";
  } else if (std::isinf(value)) {
    out += value > 0 ? "+Inf" : "-Inf";
  } else if (std::trunc(value) == value && std::abs(value) < kExactIntegers) {
    append_number(out, static_cast<std::int64_t>(value));
  } else {
    append_number(out, value);
  }
}

void append_header(std::string& out, std::string_view name, std::string_view help,
                   std::string_view type, PageFormat format) {
  if (format == PageFormat::OpenMetrics) return append_open_metrics_header(out, name, help, type);
  out.append("# HELP ").append(name) += ' ';
  append_escaped(out, help, /*quotes_too=*/false);
  out.append("\n# TYPE ").append(name).append(" ").append(type) += '\n';
}

void append_sample(std::string& out, std::string_view name, const Series& series) {
  append_line(out, name, "", series.labels, series.value);
}

void append_family(std::string& out, const Family& family, PageFormat format) {
  if (family.series.empty()) return;
  append_header(out, family.name, family.help, family.type, format);
  for (const Series& series : family.series) {
    if (series.histogram) {
      append_histogram(out, family.name, series, format);
    } else {
      append_sample(out, family.name, series);
    }
  }
}

void append_end(std::string& out, PageFormat format) {
  if (format == PageFormat::OpenMetrics) out += "# EOF\n";
}

std::map<std::string, Family> by_name(std::vector<Family> families) {
  std::map<std::string, Family> all;
  for (Family& family : families) {
    const auto [at, is_new] = all.try_emplace(family.name, std::move(family));
    if (!is_new) std::ranges::move(family.series, std::back_inserter(at->second.series));
  }
  for (auto& [name, family] : all) std::ranges::sort(family.series, {}, &Series::labels);
  return all;
}

}  // namespace restorewatch
