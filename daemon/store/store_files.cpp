#include "store/store_files.h"

#include <filesystem>
#include <system_error>

namespace restorewatch {

std::string real_path(const std::string& path) {
  std::error_code unresolved;
  const std::string real = std::filesystem::weakly_canonical(path, unresolved).string();
  return unresolved ? path : real;
}

std::string log_of(const std::string& path) {
  return real_path(path) + "-wal";
}

std::string shared_memory_of(const std::string& path) {
  return real_path(path) + "-shm";
}

bool has_log(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(log_of(path), ignored);
}

std::uintmax_t size_of_file(const std::string& path) {
  std::error_code none;
  const std::uintmax_t size = std::filesystem::file_size(path, none);
  return none ? 0 : size;
}

}  // namespace restorewatch
