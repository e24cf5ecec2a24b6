#include "store/query.h"

#include <sqlite3.h>

namespace restorewatch {
namespace {

// A null destructor is SQLITE_STATIC: the value outlives the query, so it is not copied.
constexpr void (*kStaysAlive)(void*) = nullptr;

}  // namespace

Query::~Query() {
  sqlite3_reset(statement_);
  if (statement_ != nullptr) sqlite3_clear_bindings(statement_);
}

void Query::put_integer(std::int64_t value) {
  if (row_ != nullptr) row_->add_integer(value);
  if (ok()) check(sqlite3_bind_int64(statement_, ++parameter_, value));
}

void Query::put_text(std::string_view value) {
  if (row_ != nullptr) row_->add_text(value);
  const char* const data = value.data() == nullptr ? "" : value.data();  // null would be NULL
  if (!ok()) return;
  check(
      sqlite3_bind_text64(statement_, ++parameter_, data, value.size(), kStaysAlive, SQLITE_UTF8));
}

void Query::put_blob(std::span<const std::uint8_t> value) {
  if (row_ != nullptr) row_->add_blob(value);
  const void* const data = value.empty() ? static_cast<const void*>("") : value.data();
  if (!ok()) return;
  check(sqlite3_bind_blob64(statement_, ++parameter_, data, value.size(), kStaysAlive));
}

void Query::put_null() {
  if (row_ != nullptr) row_->add_null();
  if (ok()) check(sqlite3_bind_null(statement_, ++parameter_));
}

bool Query::next() {
  if (!ok()) return false;
  const int code = sqlite3_step(statement_);
  column_ = 0;
  failed_ = code != SQLITE_ROW && code != SQLITE_DONE;
  return code == SQLITE_ROW;
}

Status Query::run() {
  while (next()) {
  }
  if (!ok()) return error();
  return Success{};
}

std::int64_t Query::get_integer() {
  return sqlite3_column_int64(statement_, column_++);
}

void Query::rewind() {
  column_ = 0;
  rejected_ = false;
}

std::string_view Query::get_text() {
  const std::span<const std::uint8_t> bytes = get_blob();
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::span<const std::uint8_t> Query::get_blob() {
  const int column = column_++;
  const void* const data = sqlite3_column_blob(statement_, column);  // null when it is empty
  if (data == nullptr) return {};
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return {static_cast<const std::uint8_t*>(data), size};
}

void Query::get_any_into(RowText& row) {
  switch (sqlite3_column_type(statement_, column_)) {
    case SQLITE_INTEGER:
      return row.add_integer(get_integer());
    case SQLITE_TEXT:
      return row.add_text(get_text());
    case SQLITE_BLOB:
      return row.add_blob(get_blob());
    default:
      skip();
      return row.add_null();
  }
}

bool Query::at_null() const {
  return sqlite3_column_type(statement_, column_) == SQLITE_NULL;
}

void Query::skip() {
  ++column_;
}

bool Query::ok() const {
  return statement_ != nullptr && !failed_ && !rejected_;
}

Error Query::error() const {
  if (statement_ == nullptr) return {ErrorKind::Storage, "a statement could not be prepared"};
  sqlite3* const database = sqlite3_db_handle(statement_);
  if (rejected_) {
    return damaged_store(sqlite3_db_filename(database, "main"), "it holds an unknown value");
  }
  return storage_error(database);
}

// The connection describes its last call only, so after a failure there must be no other.
void Query::check(int code) {
  if (code != SQLITE_OK) failed_ = true;
}

}  // namespace restorewatch
