#pragma once

#include <cstdint>
#include <string>

namespace restorewatch {

// The files of a store: what `storage.path` names, and what SQLite keeps beside it.

/// Where the file is that `path` names, by whatever symbolic links: SQLite's others stand there.
std::string real_path(const std::string& path);

/// SQLite's write-ahead log, and the memory that connections share.
std::string log_of(const std::string& path);
std::string shared_memory_of(const std::string& path);

/// Somebody has the store at `path` open, or has died with it.
bool has_log(const std::string& path);

/// In bytes; 0 where there is no such file.
std::uintmax_t size_of_file(const std::string& path);

}  // namespace restorewatch
