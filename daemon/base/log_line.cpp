#include "base/log_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace restorewatch {
namespace {

/// Length of the UTF-8 sequence at the front of `text`, 0 if it is none.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xC2 && lead <= 0xDF   ? 2
                             : lead >= 0xE0 && lead <= 0xEF ? 3
                             : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                            : 0;
  if (length == 0 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return 0;
  }
  const bool overlong = (lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xF0 && byte(1) < 0x90);
  const bool surrogate = lead == 0xED && byte(1) >= 0xA0;
  const bool beyond = lead == 0xF4 && byte(1) >= 0x90;
  return overlong || surrogate || beyond ? 0 : length;
}

/// Characters that act on a terminal or turn the reading order around: C1 controls, line and
/// paragraph separators, bidirectional marks. `text` is one UTF-8 sequence.
bool is_hidden_control(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  if (text.size() == 2) return byte(0) == 0xC2 && byte(1) < 0xA0;
  if (text.size() != 3 || byte(0) != 0xE2) return false;
  const bool general = byte(1) == 0x80 && ((byte(2) >= 0x8E && byte(2) <= 0x8F) ||
                                           (byte(2) >= 0xA8 && byte(2) <= 0xAE));
  const bool isolates = byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9;
  return general || isolates;
}

void append_escaped(std::string& out, std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    const char c = text.front();
    if (length == 0 || is_hidden_control(text.substr(0, length))) {
      out += "\\ufffd";
    } else if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
}

bool needs_quotes(std::string_view value) {
  if (value.empty()) return true;
  return std::any_of(value.begin(), value.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte >= 0x7F || c == '"' || c == '=' || c == '\\';
  });
}

void append_logfmt(std::string& out, const Field& field) {
  if (!out.empty()) out += ' ';
  out += field.key;
  out += '=';
  if (needs_quotes(field.value)) {
    append_json_string(out, field.value);
  } else {
    out += field.value;
  }
}

void append_json(std::string& out, const Field& field) {
  out += out.empty() ? '{' : ',';
  append_json_string(out, field.key);
  out += ':';
  if (field.type == Field::Type::Literal) {
    out += field.value;
  } else {
    append_json_string(out, field.value);
  }
}

}  // namespace

Field::Field(std::string_view field_key, double number)
    : key(field_key),
      value(std::isfinite(number) ? fmt::format("{}", number) : "null"),
      type(Type::Literal) {}

std::string_view label(LogLevel level) {
  switch (level) {
    case LogLevel::Debug:
      return "debug";
    case LogLevel::Info:
      return "info";
    case LogLevel::Warn:
      return "warn";
    case LogLevel::Error:
      return "error";
  }
  return "info";
}

std::string escaped(std::string_view text) {
  std::string safe;
  append_escaped(safe, text);
  return safe;
}

std::string log_line(LogFormat format, WallTime time, LogLevel level,
                     std::span<const Field> fields) {
  const auto append = format == LogFormat::Json ? append_json : append_logfmt;
  std::string line;
  append(line, Field("ts", format_time_millis(time)));
  append(line, Field("level", label(level)));
  for (const Field& field : fields) append(line, field);
  if (format == LogFormat::Json) line += '}';
  return line;
}

std::string json_object(std::span<const Field> fields) {
  std::string object;
  for (const Field& field : fields) append_json(object, field);
  return object.empty() ? "{}" : object + '}';
}

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  append_escaped(out, text);
  out += '"';
}

}  // namespace restorewatch
