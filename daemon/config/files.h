#pragma once

#include <cstddef>
#include <string>

#include "base/result.h"

namespace restorewatch {

struct FileContents {
  std::string bytes;
  bool readable_by_others = false;  // the permission bit o+r
};

/// Reads a regular file of at most `max_bytes`. Never waits: a pipe or device is refused unread.
/// Errors: NotFound, else BadConfig, with the reason but neither path nor contents.
Result<FileContents> read_regular_file(const std::string& path, std::size_t max_bytes);

/// Relative paths in a configuration file start at that file's folder, as in Prometheus.
std::string resolve_path(const std::string& config_file, const std::string& path);

}  // namespace restorewatch
