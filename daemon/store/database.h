#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace restorewatch {

class Database;

/// A prepared statement. Run it through a Query.
class Statement {
 public:
  Statement() = default;

 private:
  friend class Database;
  friend class Query;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
};

/// One SQLite connection. One thread at a time.
class Database {
 public:
  enum class Mode {
    ReadWrite,
    ReadOnly,
    Inspect,  // ReadOnly for who only looks: needs no right to write, and leaves no file behind
    Alone,    // the file without its log, as it was at its last checkpoint
  };

  /// Opens an existing file; touches nothing in it. Errors: Storage.
  static Result<Database> open(const std::string& path, Mode mode);

  /// Runs one or more statements that give no rows.
  Status execute(const std::string& sql);

  /// The first column of the first row, as a number or as text.
  Result<std::int64_t> integer(std::string_view sql);
  Result<std::string> text(std::string_view sql);

  /// A statement that cannot be prepared is empty, and prepared() says why.
  Statement prepare(std::string_view sql);
  /// The first failure of prepare(), if any.
  Status prepared() const;

  bool in_transaction() const;
  std::int64_t rows_changed() const;  // since it was opened, rolled back ones included

  /// The last failure came from the values of one row (too big, against a constraint); the file
  /// and the transaction are sound.
  bool row_at_fault() const;

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  explicit Database(sqlite3* handle) : handle_(handle) {}

  std::unique_ptr<sqlite3, Close> handle_;
  std::optional<Error> prepare_failure_;
};

/// What the connection complains about, with its path and, where the file is damaged, what to do.
Error storage_error(sqlite3* database);

/// The file at `path` cannot be what it should be: says so, and how to move it aside.
Error damaged_store(const std::string& path, std::string_view why);

}  // namespace restorewatch
