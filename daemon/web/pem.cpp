#include "web/pem.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

namespace restorewatch {
namespace {

struct FreeBio {
  void operator()(BIO* bio) const { BIO_free(bio); }
};
using Bio = std::unique_ptr<BIO, FreeBio>;

/// It reads, and does not write, what it is given.
Bio reader_of(const std::string& text) {
  return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

/// Without it OpenSSL asks on the terminal.
int no_passphrase(char*, int, int, void*) {
  return -1;
}

}  // namespace

void FreeCertificate::operator()(x509_st* certificate) const {
  X509_free(certificate);
}

void FreeKey::operator()(evp_pkey_st* key) const {
  EVP_PKEY_free(key);
}

std::vector<Certificate> certificates_from_pem(const std::string& pem) {
  const Bio bio = reader_of(pem);
  std::vector<Certificate> certificates;
  ERR_clear_error();
  while (Certificate next{PEM_read_bio_X509(bio.get(), nullptr, no_passphrase, nullptr)}) {
    certificates.push_back(std::move(next));
  }
  const bool at_the_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  ERR_clear_error();
  if (!at_the_end) certificates.clear();
  return certificates;
}

PrivateKey key_from_pem(const std::string& pem) {
  const Bio bio = reader_of(pem);
  PrivateKey key(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_passphrase, nullptr));
  ERR_clear_error();
  return key;
}

}  // namespace restorewatch
