#include "web/tls_context.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include <algorithm>
#include <string>
#include <utility>

#include "web/pem.h"
#include "web/subject_names.h"

namespace restorewatch {
namespace {

// Forward secret and authenticated. What of TLS 1.2 is older, a file must name.
constexpr const char* kSuites12 =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";
constexpr const char* kGroups = "X25519:P-256:P-384:P-521";
constexpr int kSecurityLevel = 2;  // 112 bits: no RSA key below 2048

Error bad(std::string message) {
  ERR_clear_error();
  return {ErrorKind::BadConfig, "tls_server_config." + std::move(message)};
}

/// What a context is asked for while it verifies a client; lives as long as the context.
struct ClientRule {
  bool must_be_signed;
  std::vector<std::string> allowed_names;
};

bool has_allowed_name(const X509& certificate, const std::vector<std::string>& allowed) {
  return std::ranges::any_of(subject_names(certificate), [&](const std::string& name) {
    return std::ranges::find(allowed, name) != allowed.end();
  });
}

/// In place of OpenSSL's own verification; called where a client has sent a certificate.
int verify_client(X509_STORE_CTX* store, void* argument) {
  const auto& rule = *static_cast<const ClientRule*>(argument);
  if (rule.must_be_signed && X509_verify_cert(store) != 1) return 0;
  const X509* const certificate = X509_STORE_CTX_get0_cert(store);
  if (!rule.allowed_names.empty() && !has_allowed_name(*certificate, rule.allowed_names)) {
    X509_STORE_CTX_set_error(store, X509_V_ERR_APPLICATION_VERIFICATION);
    return 0;
  }
  X509_STORE_CTX_set_error(store, X509_V_OK);
  return 1;
}

int mode_of(ClientCertificate wanted) {
  switch (wanted) {
    case ClientCertificate::None:
      return SSL_VERIFY_NONE;
    case ClientCertificate::Request:
    case ClientCertificate::VerifyIfGiven:
      return SSL_VERIFY_PEER;
    case ClientCertificate::RequireAny:
    case ClientCertificate::RequireAndVerify:
      return SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT;
  }
  return SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT;
}

int number_of(TlsVersion version) {
  return version == TlsVersion::Tls13 ? TLS1_3_VERSION : TLS1_2_VERSION;
}

Status use_certificate(SSL_CTX& context, const TlsRules& rules) {
  const std::vector<Certificate> chain = certificates_from_pem(rules.certificate);
  if (chain.empty()) return bad("cert_file: holds no certificate in PEM, or a damaged one");
  if (SSL_CTX_use_certificate(&context, chain.front().get()) != 1) {
    return bad("cert_file: its key is too weak, or of a kind that is not known");
  }
  for (std::size_t i = 1; i < chain.size(); ++i) {
    if (SSL_CTX_add1_chain_cert(&context, chain[i].get()) != 1) {
      return bad("cert_file: a certificate after the first cannot be used, too weak perhaps");
    }
  }
  const PrivateKey key = key_from_pem(rules.key.reveal());
  if (!key) return bad("key_file: holds no private key in PEM, or an encrypted one");
  if (SSL_CTX_use_PrivateKey(&context, key.get()) != 1 ||
      SSL_CTX_check_private_key(&context) != 1) {
    return bad("key_file: is not the key of the first certificate in cert_file");
  }
  return Success{};
}

Status use_versions(SSL_CTX& context, const TlsRules& rules) {
  SSL_CTX_set_security_level(&context, kSecurityLevel);
  SSL_CTX_set_options(&context,
                      SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                          (rules.prefer_own_suites ? SSL_OP_CIPHER_SERVER_PREFERENCE : 0));
  if (!rules.prefer_own_suites) SSL_CTX_clear_options(&context, SSL_OP_CIPHER_SERVER_PREFERENCE);
  const std::string suites = rules.suites12.empty() ? kSuites12 : rules.suites12;
  const std::string groups = rules.groups.empty() ? kGroups : rules.groups;
  if (SSL_CTX_set_min_proto_version(&context, number_of(rules.min_version)) != 1 ||
      SSL_CTX_set_max_proto_version(&context, number_of(rules.max_version)) != 1) {
    return bad("min_version: is not spoken by this machine's OpenSSL");
  }
  if (SSL_CTX_set_cipher_list(&context, suites.c_str()) != 1 ||
      (!rules.suites13.empty() &&
       SSL_CTX_set_ciphersuites(&context, rules.suites13.c_str()) != 1)) {
    return bad("cipher_suites: none of them is known to this machine's OpenSSL");
  }
  if (SSL_CTX_set1_groups_list(&context, groups.c_str()) != 1) {
    return bad("curve_preferences: are not known to this machine's OpenSSL");
  }
  return Success{};
}

Status trust_authorities(SSL_CTX& context, const std::string& pem) {
  if (pem.empty()) {
    if (SSL_CTX_set_default_verify_paths(&context) == 1) return Success{};
    return bad("client_ca_file: is not given, and the system has no authorities");
  }
  const std::vector<Certificate> authorities = certificates_from_pem(pem);
  if (authorities.empty())
    return bad("client_ca_file: holds no certificate in PEM, or a damaged one");
  for (const Certificate& authority : authorities) {
    X509_STORE_add_cert(SSL_CTX_get_cert_store(&context), authority.get());
    SSL_CTX_add_client_CA(&context, authority.get());  // clients choose a certificate by it
  }
  return Success{};
}

Status ask_clients(SSL_CTX& context, const TlsRules& rules, ClientRule& rule) {
  SSL_CTX_set_session_cache_mode(&context, SSL_SESS_CACHE_OFF);
  if (rules.client_certificate == ClientCertificate::None) return Success{};
  SSL_CTX_set_options(&context, SSL_OP_NO_TICKET);
  SSL_CTX_set_num_tickets(&context, 0);
  SSL_CTX_set_verify(&context, mode_of(rules.client_certificate), nullptr);
  SSL_CTX_set_cert_verify_callback(&context, verify_client, &rule);
  return trust_authorities(context, rules.client_ca);
}

}  // namespace

Result<std::shared_ptr<ssl_ctx_st>> tls_context(const TlsRules& rules) {
  const bool must_be_signed = rules.client_certificate == ClientCertificate::VerifyIfGiven ||
                              rules.client_certificate == ClientCertificate::RequireAndVerify;
  auto rule = std::make_shared<ClientRule>(ClientRule{must_be_signed, rules.allowed_sans});
  ClientRule& its_rule = *rule;
  // The deleter owns the rule: a connection that outlives FileAccess still has both.
  const std::shared_ptr<SSL_CTX> context(
      SSL_CTX_new(TLS_server_method()),
      [kept = std::move(rule)](SSL_CTX* last) { SSL_CTX_free(last); });
  if (!context) return bad("cert_file: OpenSSL cannot be used");
  for (const Status& step : {use_versions(*context, rules), use_certificate(*context, rules),
                             ask_clients(*context, rules, its_rule)}) {
    if (!step) return step.error();
  }
  return context;
}

std::optional<WallTime> first_expiry(ssl_ctx_st& context) {
  STACK_OF(X509)* chain = nullptr;
  SSL_CTX_get0_chain_certs(&context, &chain);
  std::optional<WallTime> first;
  const auto take = [&first](const X509* certificate) {
    std::tm parts{};
    if (certificate == nullptr || ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &parts) != 1) {
      return;
    }
    const WallTime expiry = from_unix_seconds(timegm(&parts));
    first = first ? std::min(*first, expiry) : expiry;
  };
  take(SSL_CTX_get0_certificate(&context));
  for (int i = 0; i < sk_X509_num(chain); ++i) take(sk_X509_value(chain, i));
  return first;
}

}  // namespace restorewatch
