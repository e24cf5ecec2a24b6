#pragma once

#include <optional>
#include <string_view>

#include "base/web_rules.h"

namespace restorewatch {

// The words that Go's TLS library has for what OpenSSL calls otherwise, as exporter-toolkit takes
// them from there.

struct SuiteName {
  std::string_view go;
  std::string_view openssl;
  TlsVersion version = TlsVersion::Tls12;
  bool forward_secret = true;  // else who gets the key later can read what was recorded before
};

/// Absent for suites that Go calls insecure and for those that it does not know.
std::optional<SuiteName> suite_from(std::string_view go);

/// Absent for a curve that exporter-toolkit does not know.
std::optional<std::string_view> group_from(std::string_view go);

/// By the names of Go's constants; "RequireClientCert" is an old name.
std::optional<ClientCertificate> client_certificate_from(std::string_view word);

}  // namespace restorewatch
