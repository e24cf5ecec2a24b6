#pragma once

#include <string>

#include "base/result.h"
#include "base/secret.h"

namespace restorewatch {

/// Where secret files may lie.
struct SecretPlaces {
  std::string config_file;            // relative paths start at its folder
  std::string credentials_directory;  // systemd's $CREDENTIALS_DIRECTORY; empty: none

  bool operator==(const SecretPlaces&) const = default;
};

struct SecretFile {
  Secret secret;
  bool readable_by_others = false;
  std::string path;  // where it was found
};

/// Reads one line of printable characters; white space at the end is dropped. A name without a
/// slash is looked up in the credentials directory first, then beside the configuration file.
/// Errors: BadConfig, naming the path that was tried; the message never holds the contents, nor a
/// `name` that looks like a secret pasted where its file should be named.
Result<SecretFile> read_secret_file(const SecretPlaces& places, const std::string& name);

/// The same for a SecretFile::path, which is looked up nowhere else.
Result<Secret> read_secret_at(const std::string& path);

}  // namespace restorewatch
