#include "net/trust_anchors.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <utility>
#include <vector>

namespace restorewatch {
namespace {

struct X509Deleter {
  void operator()(X509* certificate) const { X509_free(certificate); }
};
struct BioDeleter {
  void operator()(BIO* bio) const { BIO_free(bio); }
};
using Certificate = std::unique_ptr<X509, X509Deleter>;

Error bad_file(const std::string& file, const char* what) {
  return Error{ErrorKind::BadConfig, "ca_file " + file + ": " + what};
}

}  // namespace

struct TrustAnchors::Certificates {
  std::vector<Certificate> list;
};

TrustAnchors::TrustAnchors() : certificates_(std::make_unique<Certificates>()) {}
TrustAnchors::~TrustAnchors() = default;
TrustAnchors::TrustAnchors(TrustAnchors&&) noexcept = default;
TrustAnchors& TrustAnchors::operator=(TrustAnchors&&) noexcept = default;

Result<TrustAnchors> TrustAnchors::load(const std::string& pem_file) {
  const std::unique_ptr<BIO, BioDeleter> file(BIO_new_file(pem_file.c_str(), "r"));
  if (!file) {
    ERR_clear_error();
    return bad_file(pem_file, "cannot be read");
  }
  TrustAnchors anchors;
  while (X509* certificate = PEM_read_bio_X509(file.get(), nullptr, nullptr, nullptr)) {
    anchors.certificates_->list.emplace_back(certificate);
  }
  // The loop ends with an error either way; only "no further PEM block" is the end of the file.
  const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  ERR_clear_error();
  if (!at_end) return bad_file(pem_file, "holds a certificate that cannot be read");
  if (anchors.certificates_->list.empty()) return bad_file(pem_file, "holds no PEM certificate");
  return anchors;
}

bool TrustAnchors::add_to(void* ssl_context) const {
  X509_STORE* store = SSL_CTX_get_cert_store(static_cast<SSL_CTX*>(ssl_context));
  if (store == nullptr) return false;
  // libcurl shares one store among connections; adding what is there already changes nothing.
  for (const Certificate& certificate : certificates_->list) {
    if (X509_STORE_add_cert(store, certificate.get()) != 1) return false;
  }
  return true;
}

}  // namespace restorewatch
