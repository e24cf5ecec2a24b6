#include "cli/report_file.h"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

namespace restorewatch {
namespace {

namespace fs = std::filesystem;

std::string name_of(const std::string& path) {
  return path.empty() ? "standard output" : path;
}

Error failed(const std::string& path, int cause) {
  return {ErrorKind::BadConfig, "cannot write the report to " + name_of(path) + ": " +
                                    std::generic_category().message(cause)};
}

}  // namespace

void ReportFile::Close::operator()(std::FILE* file) const {
  if (file != stdout) (void)std::fclose(file);
}

ReportFile::ReportFile(std::string path, std::string beside, std::FILE* file)
    : path_(std::move(path)), beside_(std::move(beside)), file_(file) {}

Result<ReportFile> ReportFile::open(const std::optional<std::string>& path,
                                    const std::string& store, const std::string& configuration) {
  if (!path) return ReportFile("", "", stdout);
  if (path->empty()) return Error{ErrorKind::BadConfig, "--output: give the name of a file"};
  std::error_code unknown;
  for (const char* const part : {"", "-wal", "-shm", ".lock"}) {
    if (fs::equivalent(*path, store + part, unknown)) {
      return Error{ErrorKind::BadConfig,
                   "--output " + *path + " is the store itself; name another file"};
    }
  }
  if (fs::equivalent(*path, configuration, unknown)) {
    return Error{ErrorKind::BadConfig,
                 "--output " + *path + " is the configuration; name another file"};
  }
  // A device or a pipe is written as it is; a file is put in place when it is whole.
  const bool is_special = fs::exists(*path, unknown) && !fs::is_regular_file(*path, unknown);
  std::string beside = *path + (is_special ? "" : ".part");
  if (!is_special) (void)::unlink(beside.c_str());  // of one that was cut short
  std::FILE* const file = std::fopen(beside.c_str(), is_special ? "wbe" : "wbxe");
  if (file == nullptr) return failed(*path, errno);
  return ReportFile(*path, is_special ? "" : std::move(beside), file);
}

ReportFile::~ReportFile() {
  if (!file_ || beside_.empty()) return;
  file_.reset();
  (void)::unlink(beside_.c_str());
}

void ReportFile::write(std::string_view text) {
  if (failure_ != 0) return;
  errno = 0;
  if (std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size()) {
    failure_ = errno != 0 ? errno : EIO;
  }
}

Status ReportFile::finish() {
  if (failure_ == 0 && std::fflush(file_.get()) != 0) failure_ = errno;
  if (failure_ != 0) return failed(path_, failure_);
  if (beside_.empty()) return Success{};
  file_.reset();
  if (std::rename(beside_.c_str(), path_.c_str()) != 0) {
    const int cause = errno;
    (void)::unlink(beside_.c_str());
    return failed(path_, cause);
  }
  return Success{};
}

}  // namespace restorewatch
