#pragma once

#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/time.h"

namespace restorewatch {

enum class LogFormat { Logfmt, Json };
enum class LogLevel { Debug, Info, Warn, Error };

std::string_view label(LogLevel level);

/// One key and its value in a log line. Numbers and booleans stay such in JSON.
struct Field {
  enum class Type { Text, Literal };

  Field(std::string_view field_key, std::string_view text) : key(field_key), value(text) {}
  Field(std::string_view field_key, const char* text) : key(field_key), value(text) {}
  Field(std::string_view field_key, std::string text) : key(field_key), value(std::move(text)) {}
  Field(std::string_view field_key, bool flag)
      : key(field_key), value(flag ? "true" : "false"), type(Type::Literal) {}
  template <std::integral Number>
  requires(!std::same_as<Number, bool>) Field(std::string_view field_key, Number number)
      : key(field_key), value(std::to_string(number)), type(Type::Literal) {}
  Field(std::string_view field_key, double number);

  std::string_view key;  // must outlive the field: a literal
  std::string value;
  Type type = Type::Text;
};

/// One line without its newline: `ts=… level=… key=value …`, or the same keys as a JSON object.
/// Line breaks and control characters in values are escaped, so one record is always one line.
std::string log_line(LogFormat format, WallTime time, LogLevel level,
                     std::span<const Field> fields);

/// `text` as it stands in a log line: nothing in it acts on a terminal or hides what is around it.
std::string escaped(std::string_view text);

/// `{"key":value,…}`.
std::string json_object(std::span<const Field> fields);

/// Appends `text` as a JSON string, quotes included. Bytes that are not UTF-8 become U+FFFD.
void append_json_string(std::string& out, std::string_view text);

}  // namespace restorewatch
