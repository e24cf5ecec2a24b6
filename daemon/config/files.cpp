#include "config/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace restorewatch {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int number() const { return number_; }

 private:
  int number_;
};

Error bad(std::string message) {
  return {ErrorKind::BadConfig, std::move(message)};
}

Error system_error(int code) {
  if (code == ENOENT) return {ErrorKind::NotFound, "no such file"};
  return bad("cannot be read: " + std::generic_category().message(code));
}

std::string in_words(std::size_t bytes) {
  return bytes % (1U << 20U) == 0 ? std::to_string(bytes >> 20U) + " MiB"
                                  : std::to_string(bytes >> 10U) + " KiB";
}

/// One byte more than allowed is enough to know that it is too much.
Result<std::string> read_up_to(int descriptor, std::size_t limit) {
  std::string bytes;
  std::array<char, 16'384> chunk{};
  while (bytes.size() < limit) {
    const ssize_t got =
        ::read(descriptor, chunk.data(), std::min(chunk.size(), limit - bytes.size()));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error(errno);
    if (got == 0) break;
    bytes.append(chunk.data(), static_cast<std::size_t>(got));
  }
  return bytes;
}

}  // namespace

Result<FileContents> read_regular_file(const std::string& path, std::size_t max_bytes) {
  // O_NONBLOCK: opening a pipe without a writer would wait for one.
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.number() < 0) return system_error(errno);
  struct stat status {};
  if (::fstat(file.number(), &status) != 0) return system_error(errno);
  if (S_ISDIR(status.st_mode)) return bad("is a directory, not a file");
  if (!S_ISREG(status.st_mode)) return bad("is not a regular file");
  Result<std::string> bytes = read_up_to(file.number(), max_bytes + 1);
  if (!bytes) return bytes.error();
  if (bytes->size() > max_bytes) return bad("is larger than " + in_words(max_bytes));
  return FileContents{std::move(*bytes), (status.st_mode & S_IROTH) != 0};
}

std::string resolve_path(const std::string& config_file, const std::string& path) {
  const std::size_t slash = config_file.rfind('/');
  if (path.starts_with('/') || slash == std::string::npos) return path;
  return config_file.substr(0, slash + 1) + path;
}

}  // namespace restorewatch
