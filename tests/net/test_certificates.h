#pragma once

#include <string>

namespace restorewatch {

/// PEM texts of a certificate and its key.
struct KeyPair {
  std::string certificate;
  std::string key;
};

/// An authority of its own, valid for an hour.
KeyPair make_authority(const std::string& name);

/// A server certificate signed by `authority` for this DNS name or IP address.
KeyPair make_server_certificate(const KeyPair& authority, const std::string& subject_alt_name);

/// A file with this content, removed with the object.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& content);
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace restorewatch
