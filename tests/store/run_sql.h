#pragma once

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <string>

namespace restorewatch {

/// Does to a file what somebody with the sqlite3 program could do.
inline void run_sql(const std::string& path, const std::string& sql) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
      << sqlite3_errmsg(database);
  sqlite3_close(database);
}

}  // namespace restorewatch
