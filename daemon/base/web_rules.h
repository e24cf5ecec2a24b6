#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/secret.h"
#include "base/web_exchange.h"

namespace restorewatch {

// Who may come in over HTTP, and how: what the file of --web.config.file says. config/ reads it,
// web/ keeps to it.

enum class TlsVersion { Tls12, Tls13 };

/// What is asked of a client's certificate. The last one alone keeps strangers out.
enum class ClientCertificate {
  None,              // is not asked for
  Request,           // is asked for; any will do, and none
  RequireAny,        // any will do, whoever signed it
  VerifyIfGiven,     // must be of a known authority, but may be left out
  RequireAndVerify,  // must be of a known authority
};

struct TlsRules {
  std::string certificate;  // PEM: ours, then those between it and its authority
  Secret key;               // PEM, not encrypted
  ClientCertificate client_certificate = ClientCertificate::None;
  std::string client_ca;                  // PEM; empty: the system's authorities
  std::vector<std::string> allowed_sans;  // one of them must be in it; empty: any will do
  TlsVersion min_version = TlsVersion::Tls12;
  TlsVersion max_version = TlsVersion::Tls13;
  std::string suites12;  // OpenSSL's names, ":" between; empty: ours
  std::string suites13;
  std::string groups;
  bool prefer_own_suites = true;

  bool operator==(const TlsRules&) const = default;
};

/// Requests of everybody together: `burst` at once, one more each `interval`.
struct RateRules {
  std::chrono::milliseconds interval{0};
  int burst = 0;

  bool operator==(const RateRules&) const = default;
};

struct WebRules {
  std::optional<TlsRules> tls;               // absent: plain HTTP
  std::map<std::string, std::string> users;  // name and bcrypt hash; empty: everybody
  WebHeaders headers;                        // of every answer
  std::optional<RateRules> rate;

  bool operator==(const WebRules&) const = default;
};

}  // namespace restorewatch
