#include "base/log_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/utf8.h"

namespace restorewatch {
namespace {

void append_escaped(std::string& out, std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
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
