#include "base/journal_stream.h"

#include <sys/stat.h>

#include <cstdlib>
#include <string>

namespace restorewatch {

bool is_stream(int fd, std::string_view stream) {
  struct stat file {};
  if (fstat(fd, &file) != 0) return false;
  return stream == std::to_string(file.st_dev) + ":" + std::to_string(file.st_ino);
}

bool is_read_by_the_journal(int fd) {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing here changes the environment
  const char* const stream = std::getenv("JOURNAL_STREAM");
  return stream != nullptr && is_stream(fd, stream);
}

std::string_view journal_prefix(LogLevel level) {
  switch (level) {
    case LogLevel::Debug:
      return "<7>";
    case LogLevel::Info:
      return "<6>";
    case LogLevel::Warn:
      return "<4>";
    case LogLevel::Error:
      break;
  }
  return "<3>";
}

}  // namespace restorewatch
