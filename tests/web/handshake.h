#pragma once

#include <string>

struct ssl_ctx_st;

namespace restorewatch {

/// PEM texts of a certificate and its key.
struct TestIdentity {
  std::string certificate;
  std::string key;
};

struct TestSubject {
  std::string name;
  std::string alt_names{};  // as in openssl.cnf: "DNS:a.example,IP:192.0.2.1"; empty: none
  bool is_authority = false;
  int days = 1;      // until it expires
  int rsa_bits = 0;  // 0: an elliptic key
};

/// Signed by `authority`, or by itself where there is none.
TestIdentity make_identity(const TestSubject& subject, const TestIdentity* authority = nullptr);

/// A client's side of a handshake.
struct TestClient {
  const TestIdentity* identity = nullptr;  // its certificate; null: none
  int max_version = 0;                     // TLS1_2_VERSION, say; 0: any
  std::string suites12{};                  // OpenSSL's names; empty: its defaults
  std::string groups{};
};

/// What came of a handshake in memory and of a byte that the client sent after it.
struct Meeting {
  bool agreed = false;  // both sides say so, and the byte arrived
  std::string version{};
  std::string suite{};
  std::string group{};
  bool resumable = false;  // the client got a ticket
};

Meeting meet(ssl_ctx_st& server, const TestClient& client);

}  // namespace restorewatch
