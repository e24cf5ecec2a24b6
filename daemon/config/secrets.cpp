#include "config/secrets.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "config/files.h"

namespace restorewatch {
namespace {

constexpr std::size_t kMaxSecretBytes = 4096;

Error bad(std::string message) {
  return {ErrorKind::BadConfig, std::move(message)};
}

bool is_missing(const Result<FileContents>& file) {
  return !file && file.error().kind == ErrorKind::NotFound;
}

Result<FileContents> find_bare(const SecretPlaces& places, const std::string& name) {
  const bool has_directory = !places.credentials_directory.empty();
  if (has_directory) {
    Result<FileContents> file =
        read_regular_file(places.credentials_directory + "/" + name, kMaxSecretBytes);
    if (!is_missing(file)) return file;
  }
  Result<FileContents> beside =
      read_regular_file(resolve_path(places.config_file, name), kMaxSecretBytes);
  if (!is_missing(beside)) return beside;
  return bad(has_directory
                 ? "no such file in $CREDENTIALS_DIRECTORY or beside the configuration file"
                 : "no such file beside the configuration file ($CREDENTIALS_DIRECTORY, the first "
                   "place for a bare name, is not set)");
}

Result<FileContents> find_file(const SecretPlaces& places, const std::string& name) {
  if (name.find('/') == std::string::npos) return find_bare(places, name);
  return read_regular_file(resolve_path(places.config_file, name), kMaxSecretBytes);
}

bool is_visible(char c) {
  return c > ' ' && c <= '~';
}

}  // namespace

Result<SecretFile> read_secret_file(const SecretPlaces& places, const std::string& name) {
  Result<FileContents> file = find_file(places, name);
  if (!file) return file.error();
  std::string text = std::move(file->bytes);
  text.erase(text.find_last_not_of(" \t\r\n") + 1);
  if (text.empty()) return bad("the file is empty");
  if (!std::ranges::all_of(text, is_visible)) {
    return bad("the file must hold one line of printable ASCII characters without spaces");
  }
  return SecretFile{Secret(std::move(text)), file->readable_by_others};
}

}  // namespace restorewatch
