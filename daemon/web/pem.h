#pragma once

#include <memory>
#include <string>
#include <vector>

struct evp_pkey_st;
struct x509_st;

namespace restorewatch {

struct FreeCertificate {
  void operator()(x509_st* certificate) const;
};
struct FreeKey {
  void operator()(evp_pkey_st* key) const;
};
using Certificate = std::unique_ptr<x509_st, FreeCertificate>;
using PrivateKey = std::unique_ptr<evp_pkey_st, FreeKey>;

/// Every certificate of a text in PEM, in order; what is between them is skipped. Empty if there is
/// none, or one that cannot be read.
std::vector<Certificate> certificates_from_pem(const std::string& pem);

/// Null: there is no private key, or one that is encrypted; nobody is asked for a passphrase.
PrivateKey key_from_pem(const std::string& pem);

}  // namespace restorewatch
