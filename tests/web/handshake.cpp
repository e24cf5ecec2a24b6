#include "web/handshake.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <memory>
#include <stdexcept>

namespace restorewatch {
namespace {

template <auto Free>
struct Deleter {
  template <typename T>
  void operator()(T* pointer) const {
    Free(pointer);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using X509Pointer = std::unique_ptr<X509, Deleter<X509_free>>;
using Bio = std::unique_ptr<BIO, Deleter<BIO_free>>;
using Context = std::unique_ptr<SSL_CTX, Deleter<SSL_CTX_free>>;
using Connection = std::unique_ptr<SSL, Deleter<SSL_free>>;

constexpr long kDay = 24L * 3600;

std::string text_of(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

Key key_of(const TestIdentity& identity) {
  const Bio bio(BIO_new_mem_buf(identity.key.data(), static_cast<int>(identity.key.size())));
  return Key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
}

X509Pointer certificate_of(const TestIdentity& identity) {
  const std::string& text = identity.certificate;
  const Bio bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  return X509Pointer(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
}

void extend(X509* certificate, int type, const std::string& value) {
  X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, nullptr, type, value.c_str());
  if (extension == nullptr) throw std::runtime_error("bad extension " + value);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

TestIdentity to_pem(X509* certificate, EVP_PKEY* key) {
  const Bio first(BIO_new(BIO_s_mem()));
  const Bio second(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(first.get(), certificate);
  PEM_write_bio_PrivateKey(second.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
  return {text_of(first.get()), text_of(second.get())};
}

Key new_key(int rsa_bits) {
  return Key(rsa_bits > 0 ? EVP_RSA_gen(static_cast<unsigned>(rsa_bits)) : EVP_EC_gen("P-256"));
}

X509Pointer unsigned_certificate(const TestSubject& subject, EVP_PKEY* key) {
  static long serial = 1;
  X509Pointer certificate(X509_new());
  X509_set_version(certificate.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), ++serial);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), subject.days > 0 ? -60 : -9 * kDay);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), subject.days * kDay);
  X509_set_pubkey(certificate.get(), key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(subject.name.c_str()), -1, -1,
                             0);
  if (subject.is_authority) extend(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
  if (!subject.alt_names.empty()) {
    extend(certificate.get(), NID_subject_alt_name, subject.alt_names);
  }
  return certificate;
}

Context client_context(const TestClient& client) {
  Context context(SSL_CTX_new(TLS_client_method()));
  if (client.max_version != 0) SSL_CTX_set_max_proto_version(context.get(), client.max_version);
  if (!client.suites12.empty()) SSL_CTX_set_cipher_list(context.get(), client.suites12.c_str());
  if (!client.groups.empty()) SSL_CTX_set1_groups_list(context.get(), client.groups.c_str());
  if (client.identity != nullptr) {
    SSL_CTX_use_certificate(context.get(), certificate_of(*client.identity).get());
    SSL_CTX_use_PrivateKey(context.get(), key_of(*client.identity).get());
  }
  return context;
}

/// Two ends, and the pair of pipes between them.
void join(SSL* client, SSL* server) {
  BIO* left = nullptr;
  BIO* right = nullptr;
  BIO_new_bio_pair(&left, 0, &right, 0);
  SSL_set_bio(client, left, left);
  SSL_set_bio(server, right, right);
}

bool may_go_on(SSL* side, int result) {
  const int error = result == 1 ? SSL_ERROR_NONE : SSL_get_error(side, result);
  return error == SSL_ERROR_NONE || error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE;
}

/// In TLS 1.3 the client is through before the server has seen its certificate, so that only a byte
/// that comes back shows that it was let in.
bool both_agree(SSL* client, SSL* server) {
  char byte = 0;
  for (int turn = 0; turn < 20; ++turn) {
    ERR_clear_error();
    const int to = SSL_is_init_finished(client) ? SSL_write(client, "x", 1) : SSL_connect(client);
    if (!may_go_on(client, to)) return false;
    ERR_clear_error();
    const int from = SSL_is_init_finished(server) ? SSL_read(server, &byte, 1) : SSL_accept(server);
    if (!may_go_on(server, from)) return false;
    if (byte == 'x') return true;
  }
  return false;
}

}  // namespace

TestIdentity make_identity(const TestSubject& subject, const TestIdentity* authority) {
  const Key key = new_key(subject.rsa_bits);
  const X509Pointer certificate = unsigned_certificate(subject, key.get());
  const X509Pointer issuer = authority != nullptr ? certificate_of(*authority) : nullptr;
  const Key issuer_key = authority != nullptr ? key_of(*authority) : nullptr;
  X509_set_issuer_name(certificate.get(),
                       X509_get_subject_name(issuer ? issuer.get() : certificate.get()));
  X509_sign(certificate.get(), issuer_key ? issuer_key.get() : key.get(), EVP_sha256());
  return to_pem(certificate.get(), key.get());
}

Meeting meet(ssl_ctx_st& server, const TestClient& client) {
  const Context context = client_context(client);
  const Connection ours(SSL_new(context.get()));
  const Connection theirs(SSL_new(&server));
  join(ours.get(), theirs.get());
  Meeting meeting;
  meeting.agreed = both_agree(ours.get(), theirs.get());
  if (!meeting.agreed) return meeting;
  char nothing = 0;
  SSL_read(ours.get(), &nothing, 1);  // takes the tickets in that come after the handshake
  meeting.version = SSL_get_version(theirs.get());
  meeting.suite = SSL_get_cipher_name(theirs.get());
  meeting.group = OBJ_nid2sn(static_cast<int>(SSL_get_negotiated_group(theirs.get())));
  meeting.resumable = SSL_SESSION_is_resumable(SSL_get0_session(ours.get())) == 1 &&
                      SSL_SESSION_has_ticket(SSL_get0_session(ours.get())) == 1;
  return meeting;
}

}  // namespace restorewatch
