#include "config/secrets.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <string_view>
#include <utility>

#include "config/files.h"

namespace restorewatch {
namespace {

constexpr std::size_t kMaxSecretBytes = 4096;

Error bad(std::string message) {
  return {ErrorKind::BadConfig, std::move(message)};
}

/// A secret as Atlas makes them: of a service account, or a private key, which is a UUID.
bool looks_like_a_secret(const std::string& path) {
  const std::string name = path.substr(path.rfind('/') + 1);  // npos + 1 is 0
  constexpr std::string_view kUuid = "00000000-0000-0000-0000-000000000000";
  const auto same_shape = [](char c, char model) {
    const bool is_hex = std::isxdigit(static_cast<unsigned char>(c)) != 0;
    return model == '-' ? c == '-' : is_hex;
  };
  return name.starts_with("mdb_sa_sk_") || std::ranges::equal(name, kUuid, same_shape);
}

/// A file that was found, and how to speak of it.
struct Found {
  std::string path;
  std::string subject;
  FileContents contents;
};

/// Errors: NotFound, else BadConfig.
Result<Found> read_file(const std::string& path) {
  Result<FileContents> file = read_regular_file(path, kMaxSecretBytes);
  std::string subject = looks_like_a_secret(path) ? "the file" : path;
  if (file) return Found{path, std::move(subject), std::move(*file)};
  if (file.error().kind == ErrorKind::NotFound) return file.error();
  return bad(subject + " " + file.error().detail);
}

bool is_missing(const Result<Found>& file) {
  return !file && file.error().kind == ErrorKind::NotFound;
}

Error not_found(const std::string& name, const std::string& tried) {
  if (!looks_like_a_secret(name)) return bad("no such file: " + tried);
  return bad("no such file; this looks like the secret itself, and must name a file that holds it");
}

Result<Found> find_bare(const SecretPlaces& places, const std::string& name) {
  const std::string beside = resolve_path(places.config_file, name);
  const std::string systemds = places.credentials_directory + "/" + name;
  const bool has_directory = !places.credentials_directory.empty();
  if (has_directory) {
    Result<Found> file = read_file(systemds);
    if (!is_missing(file)) return file;
  }
  Result<Found> file = read_file(beside);
  if (!is_missing(file)) return file;
  return not_found(name, has_directory ? systemds + " ($CREDENTIALS_DIRECTORY) or " + beside
                                       : beside +
                                             " ($CREDENTIALS_DIRECTORY, the first place for a bare "
                                             "name, is not set)");
}

Result<Found> find_file(const SecretPlaces& places, const std::string& name) {
  if (name.find('/') == std::string::npos) return find_bare(places, name);
  const std::string path = resolve_path(places.config_file, name);
  Result<Found> file = read_file(path);
  if (is_missing(file)) return not_found(name, path);
  return file;
}

bool is_visible(char c) {
  return c > ' ' && c <= '~';
}

Result<SecretFile> secret_in(Result<Found> file) {
  if (!file) return file.error();
  std::string text = std::move(file->contents.bytes);
  text.erase(text.find_last_not_of(" \t\r\n") + 1);
  if (text.empty()) return bad(file->subject + " is empty");
  if (!std::ranges::all_of(text, is_visible)) {
    return bad(file->subject + " must hold one line of printable ASCII characters without spaces");
  }
  return SecretFile{Secret(std::move(text)), file->contents.readable_by_others,
                    std::move(file->path)};
}

}  // namespace

Result<SecretFile> read_secret_file(const SecretPlaces& places, const std::string& name) {
  return secret_in(find_file(places, name));
}

Result<Secret> read_secret_at(const std::string& path) {
  Result<Found> found = read_file(path);
  if (is_missing(found)) return not_found(path, path);
  Result<SecretFile> file = secret_in(std::move(found));
  if (!file) return file.error();
  return std::move(file->secret);
}

}  // namespace restorewatch
