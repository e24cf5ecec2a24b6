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

void append_sample(std::string& out, std::string_view name, std::string_view suffix,
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

void append_histogram(std::string& out, std::string_view name, const Series& series) {
  for (const auto& [bound, count] : series.histogram->buckets) {
    std::string labels = series.labels;
    if (!labels.empty()) labels += ',';
    labels += "le=\"";
    append_value(labels, bound);
    labels += '"';
    append_sample(out, name, "_bucket", labels, count);
  }
  append_sample(out, name, "_sum", series.labels, series.histogram->sum);
  append_sample(out, name, "_count", series.labels, series.histogram->count);
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
                   std::string_view type) {
  out.append("# HELP ").append(name) += ' ';
  append_escaped(out, help, /*quotes_too=*/false);
  out.append("\n# TYPE ").append(name).append(" ").append(type) += '\n';
}

void append_series(std::string& out, std::string_view name, const Series& series) {
  if (series.histogram) {
    append_histogram(out, name, series);
  } else {
    append_sample(out, name, "", series.labels, series.value);
  }
}

void append_family(std::string& out, Family family) {
  if (family.series.empty()) return;
  append_header(out, family.name, family.help, family.type);
  std::ranges::sort(family.series, {}, &Series::labels);
  for (const Series& series : family.series) append_series(out, family.name, series);
}

std::map<std::string, Family> by_name(std::vector<Family> families) {
  std::map<std::string, Family> all;
  for (Family& family : families) {
    const auto [at, is_new] = all.try_emplace(family.name, std::move(family));
    if (!is_new) std::ranges::move(family.series, std::back_inserter(at->second.series));
  }
  return all;
}

}  // namespace restorewatch
