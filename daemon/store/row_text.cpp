#include "store/row_text.h"

namespace restorewatch {
namespace {

constexpr std::string_view kHexDigits = "0123456789ABCDEF";

}  // namespace

void RowText::add_integer(std::int64_t value) {
  begin_value();
  text_ += std::to_string(value);
}

void RowText::add_text(std::string_view value) {
  begin_value();
  text_ += '\'';
  for (const char c : value) {
    if (c == '\'') text_ += '\'';
    text_ += c;
  }
  text_ += '\'';
}

void RowText::add_blob(std::span<const std::uint8_t> value) {
  begin_value();
  text_ += "X'";
  for (const std::uint8_t byte : value) {
    text_ += kHexDigits[byte >> 4U];
    text_ += kHexDigits[byte & 0xFU];
  }
  text_ += '\'';
}

void RowText::add_null() {
  begin_value();
  text_ += "NULL";
}

void RowText::begin_value() {
  if (!text_.empty()) text_ += ',';
}

}  // namespace restorewatch
