#pragma once

#include <memory>
#include <string>

#include "base/result.h"

namespace restorewatch {

/// Certificates that are trusted in addition to the system's. (CURLOPT_CAINFO would take the
/// system's away; a bundle of both would be parsed anew for each connection.)
class TrustAnchors {
 public:
  TrustAnchors();
  ~TrustAnchors();
  TrustAnchors(TrustAnchors&& other) noexcept;
  TrustAnchors& operator=(TrustAnchors&& other) noexcept;

  /// Reads all certificates of a PEM file. BadConfig if it cannot be read or holds none.
  static Result<TrustAnchors> load(const std::string& pem_file);

  /// Adds them to an OpenSSL SSL_CTX.
  bool add_to(void* ssl_context) const;

 private:
  struct Certificates;
  std::unique_ptr<Certificates> certificates_;
};

}  // namespace restorewatch
