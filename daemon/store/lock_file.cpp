#include "store/lock_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "store/database.h"
#include "store/store_files.h"

namespace restorewatch {
namespace {

constexpr mode_t kOwnerAndGroup = 0640;

std::string folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

Error cannot_open(const std::string& path, int code) {
  const std::string folder = folder_of(path);
  if (code == ENOENT || code == ENOTDIR) {
    return {ErrorKind::BadConfig, "storage.path is " + path + ", but there is no folder " + folder +
                                      "; create it, owned by the user that runs restorewatch"};
  }
  if (code == EISDIR) {
    return {ErrorKind::BadConfig, path + " is a folder; let storage.path name a file in it"};
  }
  return {ErrorKind::BadConfig,
          "cannot write " + path + ": " + std::generic_category().message(code) + "; user id " +
              std::to_string(::geteuid()) + " must be able to write it and the folder " + folder};
}

// What the holder wrote into the file; it may be just about to.
std::string holder(int descriptor) {
  std::array<char, 24> text{};
  const ssize_t size = ::pread(descriptor, text.data(), text.size() - 1, 0);
  const std::string pid = size > 0 ? std::string(text.data(), static_cast<std::size_t>(size)) : "";
  const std::size_t digits = pid.find_first_not_of("0123456789");
  return pid.empty() || digits == 0 ? "another process" : "process " + pid.substr(0, digits);
}

// Only for people: the lock holds without it.
void write_pid(int descriptor) {
  const std::string pid = std::to_string(::getpid()) + "\n";
  if (::ftruncate(descriptor, 0) != 0) return;
  [[maybe_unused]] const ssize_t written = ::pwrite(descriptor, pid.data(), pid.size(), 0);
}

// SQLite would open a log that it may only read, and fail at the first commit.
Status check_access(const std::string& path) {
  if (::faccessat(AT_FDCWD, path.c_str(), R_OK | W_OK, AT_EACCESS) == 0 || errno == ENOENT) {
    return Success{};
  }
  return cannot_open(path, errno);
}

}  // namespace

Result<LockFile> LockFile::take(const std::string& store_path) {
  struct stat file {};
  if (::stat(store_path.c_str(), &file) == 0 && S_ISREG(file.st_mode) && file.st_nlink > 1) {
    return Error{ErrorKind::BadConfig,
                 store_path +
                     " has another name too (a hard link), under which somebody else could "
                     "use it unnoticed; remove one of the names"};
  }
  const std::string path = real_path(store_path) + ".lock";
  LockFile lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, kOwnerAndGroup));
  if (lock.descriptor_ < 0) return cannot_open(store_path, errno);
  if (::flock(lock.descriptor_, LOCK_EX | LOCK_NB) != 0) {
    return Error{ErrorKind::BadConfig,
                 store_path + " is in use by " + holder(lock.descriptor_) +
                     "; stop that one, or let storage.path name another file"};
  }
  write_pid(lock.descriptor_);
  return lock;
}

LockFile::LockFile(LockFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

LockFile& LockFile::operator=(LockFile&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

LockFile::~LockFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Status ensure_store_file(const std::string& path) {
  const int flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK;  // not to wait at a named pipe
  const int descriptor = ::open(path.c_str(), flags, kOwnerAndGroup);
  if (descriptor < 0) return cannot_open(path, errno);
  struct stat status {};
  const bool known = ::fstat(descriptor, &status) == 0;
  ::close(descriptor);
  if (!known || !S_ISREG(status.st_mode)) {
    return Error{ErrorKind::BadConfig,
                 path + " is not an ordinary file; let storage.path name one"};
  }
  for (const std::string& beside : {log_of(path), shared_memory_of(path)}) {
    if (Status usable = check_access(beside); !usable) return usable;
  }
  if (status.st_size == 0 && size_of_file(log_of(path)) > 0) {  // SQLite would throw the log away
    return damaged_store(path, "it is empty, but the log beside it is not");
  }
  return Success{};
}

}  // namespace restorewatch
