#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace restorewatch {

/// The values of a row as one text that nothing else has: each as SQLite's quote() writes it,
/// joined by commas. What the journal's hashes are computed over, so that
///   SELECT quote(seq) || ',' || quote(kind) || ... FROM journal
/// and any SHA-256 tool can prove them without this program.
class RowText {
 public:
  void add_integer(std::int64_t value);
  void add_text(std::string_view value);
  void add_blob(std::span<const std::uint8_t> value);
  void add_null();

  const std::string& text() const { return text_; }

 private:
  void begin_value();

  std::string text_;
};

}  // namespace restorewatch
