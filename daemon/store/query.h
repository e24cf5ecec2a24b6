#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/result.h"
#include "store/database.h"
#include "store/row_text.h"

namespace restorewatch {

/// One run of a prepared statement: parameters are put in their order, rows are read column by
/// column, and the statement is ready for its next run when the query goes out of scope.
/// Failures stick: check ok() once, at the end.
class Query {
 public:
  explicit Query(Statement& statement) : statement_(statement.handle_.get()) {}
  /// Adds every parameter that is put to `row`, too, until it is null.
  void also_put_into(RowText* row) { row_ = row; }
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  /// Each fills the next parameter. Text and blobs must stay alive until the query is done.
  void put_integer(std::int64_t value);
  void put_text(std::string_view value);
  void put_blob(std::span<const std::uint8_t> value);
  void put_null();

  /// Moves to the next row. False at the end, and on failure.
  bool next();
  /// For statements that give no rows.
  Status run();

  /// Each reads the next column of the row; views hold until next().
  std::int64_t get_integer();
  std::string_view get_text();
  std::span<const std::uint8_t> get_blob();
  /// Any of them, as RowText writes it. A real number, which no table holds, is NULL.
  void get_any_into(RowText& row);
  bool at_null() const;  // the next column is NULL
  void skip();           // and passes over it

  /// Back to the row's first column; what was rejected of it is forgotten.
  void rewind();

  /// Says that what was read is no value that this version knows; the query has failed.
  void reject() { rejected_ = true; }

  bool ok() const;
  Error error() const;

 private:
  void check(int code);

  RowText* row_ = nullptr;   // not ours
  sqlite3_stmt* statement_;  // null: it could not be prepared
  int parameter_ = 0;        // of the last one put
  int column_ = 0;           // of the next one to get
  bool failed_ = false;
  bool rejected_ = false;
};

}  // namespace restorewatch
