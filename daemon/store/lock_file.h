#pragma once

#include <string>

#include "base/result.h"

namespace restorewatch {

/// Says that a process uses the store. The kernel releases it when the process ends, however it
/// ends; the file stays, since removing it could take it from somebody who has just locked it.
class LockFile {
 public:
  /// Errors, all BadConfig: the folder is missing or cannot be written to; another process holds
  /// the lock, which is named by its pid.
  static Result<LockFile> take(const std::string& store_path);

  LockFile(LockFile&& other) noexcept;
  LockFile& operator=(LockFile&& other) noexcept;
  ~LockFile();

 private:
  explicit LockFile(int descriptor) : descriptor_(descriptor) {}

  int descriptor_ = -1;
};

/// Creates `path` for the owner and its group where it is missing. An existing file is not
/// touched. Errors: BadConfig where it is no ordinary file or this user may not write it or what
/// SQLite has left beside it, Storage where it is empty although there is a write-ahead log beside
/// it: its content was lost.
Status ensure_store_file(const std::string& path);

}  // namespace restorewatch
