#include "store/open_files.h"

#include <sys/stat.h>

#include "store/store_files.h"

namespace restorewatch {
namespace {

std::optional<std::array<std::uint64_t, 2>> identity_of(const std::string& path) {
  struct stat file {};
  if (::stat(path.c_str(), &file) != 0) return std::nullopt;
  return std::array<std::uint64_t, 2>{file.st_dev, file.st_ino};
}

Error out_of_place(const std::string& path, bool replaced) {
  const std::string what = replaced ? " is another file than the one that was opened"
                                    : " is gone: removed, renamed, or its disk was unmounted";
  return {ErrorKind::Storage,
          path + what +
              ". Nothing is written until the file is back. To go on with what is there "
              "now, restart restorewatch"};
}

}  // namespace

OpenFiles::OpenFiles(const std::string& path) {
  files_[0].path = path;
  files_[1].path = log_of(path);
  files_[2].path = shared_memory_of(path);
  for (File& file : files_) file.identity = identity_of(file.path);
}

Status OpenFiles::still_in_place() const {
  for (const File& file : files_) {
    const auto now = identity_of(file.path);
    if (now != file.identity) return out_of_place(file.path, now.has_value());
  }
  return Success{};
}

}  // namespace restorewatch
