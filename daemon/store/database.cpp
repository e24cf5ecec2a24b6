#include "store/database.h"

#include <sqlite3.h>

#include <filesystem>
#include <system_error>

#include "store/query.h"
#include "store/store_files.h"

namespace restorewatch {
namespace {

// Somebody who looks into the store with sqlite3, or a backup, may hold its lock for a moment.
constexpr int kBusyTimeoutMs = 1000;

// Nothing that is stored comes near this. SQLite's own limit is a gigabyte.
constexpr int kMaxValueBytes = 16 << 20;

// A file from elsewhere may carry triggers and views: they get no special powers.
constexpr const char* kCaution = "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON";

// Half of SQLite's default, for each connection. Rows come and go a target at a time, side by side.
constexpr const char* kCache = "PRAGMA cache_size=-1000";

int primary_code(sqlite3* database) {
  return sqlite3_errcode(database) & 0xFF;
}

std::string path_of(sqlite3* database) {
  const char* const name = sqlite3_db_filename(database, "main");
  return name == nullptr ? "" : name;
}

std::string cause_and_remedy(sqlite3* database, int code) {
  switch (code) {
    case SQLITE_FULL:
      return "; make room on its file system";
    case SQLITE_IOERR: {
      const int cause = sqlite3_system_errno(database);  // 0 where no system call failed
      const std::string known =
          cause == 0 ? "" : " (" + std::generic_category().message(cause) + ")";
      return known + "; look into the kernel's log, and at the disk and its limits";
    }
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      return "; the user that runs restorewatch must be able to write the file, its -wal and -shm, "
             "and their folder";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "; another program holds it, such as sqlite3 or a backup: let that end";
    default:
      return "";
  }
}

// Our statements are fixed: one that SQLite does not understand names a table or column that the
// file should have.
Error preparation_error(sqlite3* database, int code) {
  if (code != SQLITE_ERROR) return storage_error(database);
  return damaged_store(path_of(database), sqlite3_errmsg(database));
}

/// A name for SQLite that says that nobody writes to the file: then it needs neither log nor shared
/// memory, which it would have to create.
std::string unchanging(const std::string& path) {
  std::string uri = path.starts_with('/') ? "file://" : "file:";  // no host
  for (const char c : path) {
    if (c == '%' || c == '?' || c == '#') {
      uri += c == '%' ? "%25" : c == '?' ? "%3f" : "%23";
    } else {
      uri += c;
    }
  }
  return uri + "?immutable=1";
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

void Database::Close::operator()(sqlite3* database) const {
  sqlite3_close_v2(database);  // waits for the last statement, in whatever order they go
}

Result<Database> Database::open(const std::string& path, Mode mode) {
  const int access = mode == Mode::ReadWrite ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
  std::error_code unknown;  // a pipe would keep us waiting, a device has no end
  if (mode == Mode::Inspect && !std::filesystem::is_regular_file(path, unknown)) {
    return Error{ErrorKind::Storage, path + " is not there, or no ordinary file"};
  }
  const bool alone = mode == Mode::Alone || (mode == Mode::Inspect && !has_log(path));
  const std::string name = alone ? unchanging(path) : path;
  const int how = access | SQLITE_OPEN_NOMUTEX | (alone ? SQLITE_OPEN_URI : 0);
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(name.c_str(), &handle, how, nullptr);
  Database database(handle);  // also a connection that failed to open wants to be closed
  if (code != SQLITE_OK) {
    return Error{ErrorKind::Storage, "cannot open " + path + ": " + sqlite3_errstr(code)};
  }
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, kBusyTimeoutMs);
  sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, kMaxValueBytes);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  if (Status cautious = database.execute(kCaution); !cautious) return cautious.error();
  if (Status bounded = database.execute(kCache); !bounded) return bounded.error();
  return database;
}

Status Database::execute(const std::string& sql) {
  if (sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    return storage_error(handle_.get());
  }
  return Success{};
}

Result<std::int64_t> Database::integer(std::string_view sql) {
  Statement statement = prepare(sql);
  if (Status ready = prepared(); !ready) return ready.error();
  Query query(statement);
  if (!query.next()) return query.error();
  return query.get_integer();
}

Result<std::string> Database::text(std::string_view sql) {
  Statement statement = prepare(sql);
  if (Status ready = prepared(); !ready) return ready.error();
  Query query(statement);
  if (!query.next()) return query.error();
  return std::string(query.get_text());
}

Statement Database::prepare(std::string_view sql) {
  Statement statement;
  sqlite3_stmt* handle = nullptr;
  const int code = sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
  statement.handle_.reset(handle);
  if (code != SQLITE_OK && !prepare_failure_) {
    prepare_failure_ = preparation_error(handle_.get(), code);
  }
  return statement;
}

Status Database::prepared() const {
  if (prepare_failure_) return *prepare_failure_;
  return Success{};
}

bool Database::in_transaction() const {
  return sqlite3_get_autocommit(handle_.get()) == 0;
}

std::int64_t Database::rows_changed() const {
  return sqlite3_total_changes64(handle_.get());
}

bool Database::row_at_fault() const {
  const int code = primary_code(handle_.get());
  return code == SQLITE_TOOBIG || code == SQLITE_CONSTRAINT || code == SQLITE_MISMATCH;
}

Error storage_error(sqlite3* database) {
  const int code = primary_code(database);
  const std::string message = sqlite3_errmsg(database);
  if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB) {
    return damaged_store(path_of(database), message);
  }
  return {ErrorKind::Storage,
          path_of(database) + ": " + message + cause_and_remedy(database, code)};
}

Error damaged_store(const std::string& path, std::string_view why) {
  return {ErrorKind::Storage,
          path + " is not a sound store: " + std::string(why) +
              ". It is left as it is. To start with an empty one, move it aside together with " +
              path + "-wal and " + path + "-shm, or put a backup in its place"};
}

}  // namespace restorewatch
