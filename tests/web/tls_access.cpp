#include "web/tls_access.h"

#include <openssl/ssl.h>

#include <stdexcept>

#include "net/test_certificates.h"
#include "web/open_access.h"

namespace restorewatch {
namespace {

std::shared_ptr<ssl_ctx_st> context_with(const KeyPair& pair) {
  const TemporaryFile certificate(pair.certificate);
  const TemporaryFile key(pair.key);
  std::shared_ptr<ssl_ctx_st> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  if (SSL_CTX_use_certificate_file(context.get(), certificate.path().c_str(), SSL_FILETYPE_PEM) !=
          1 ||
      SSL_CTX_use_PrivateKey_file(context.get(), key.path().c_str(), SSL_FILETYPE_PEM) != 1) {
    throw std::runtime_error("no certificate");
  }
  return context;
}

class TlsAccess final : public WebAccess {
 public:
  TlsAccess()
      : context_(context_with(make_server_certificate(make_authority("tests"), "IP:127.0.0.1"))) {}

  std::shared_ptr<ssl_ctx_st> tls() override { return context_; }
  void admit(std::string_view authorization, std::function<void(Admission)> then) override {
    open_.admit(authorization, std::move(then));
  }
  std::shared_ptr<const WebHeaders> headers() override { return open_.headers(); }

 private:
  OpenAccess open_;
  std::shared_ptr<ssl_ctx_st> context_;
};

}  // namespace

std::shared_ptr<WebAccess> tls_access() {
  return std::make_shared<TlsAccess>();
}

}  // namespace restorewatch
