#include "web/tls_context.h"

#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include "web/handshake.h"

namespace restorewatch {
namespace {

class TlsContextTest : public testing::Test {
 protected:
  TlsContextTest() {
    rules_.certificate = server_.certificate;
    rules_.key = Secret(server_.key);
  }

  Meeting meet_with(const TestClient& client) {
    const auto context = tls_context(rules_);
    if (!context) throw std::runtime_error(context.error().detail);
    return meet(**context, client);
  }

  bool lets_in(const TestIdentity* identity) {
    const bool now = meet_with({.identity = identity}).agreed;
    const bool before = meet_with({.identity = identity, .max_version = TLS1_2_VERSION}).agreed;
    EXPECT_EQ(now, before) << "TLS 1.3 and 1.2 differ";
    return now;
  }

  std::string complaint() const {
    const auto context = tls_context(rules_);
    return context ? "" : context.error().detail;
  }

  const TestIdentity authority_ = make_identity({.name = "authority", .is_authority = true});
  const TestIdentity server_ = make_identity({.name = "server"}, &authority_);
  const TestIdentity known_ = make_identity(
      {.name = "client", .alt_names = "DNS:prometheus.example,IP:192.0.2.1"}, &authority_);
  const TestIdentity stranger_ =
      make_identity({.name = "client", .alt_names = "DNS:prometheus.example"});
  TlsRules rules_;
};

TEST_F(TlsContextTest, SpeaksBothVersionsUnlessToldOtherwise) {
  EXPECT_EQ(meet_with({}).version, "TLSv1.3");
  EXPECT_EQ(meet_with({.max_version = TLS1_2_VERSION}).version, "TLSv1.2");
  EXPECT_FALSE(meet_with({.max_version = TLS1_1_VERSION, .suites12 = "ALL:@SECLEVEL=0"}).agreed);
  rules_.min_version = TlsVersion::Tls13;
  EXPECT_FALSE(meet_with({.max_version = TLS1_2_VERSION}).agreed);
  rules_.min_version = rules_.max_version = TlsVersion::Tls12;
  EXPECT_EQ(meet_with({}).version, "TLSv1.2");
}

TEST_F(TlsContextTest, UsesTheSuitesAndGroupsThatAreNamed) {
  const std::string old = "ECDHE-ECDSA-AES256-SHA";
  EXPECT_FALSE(meet_with({.max_version = TLS1_2_VERSION, .suites12 = old}).agreed);
  rules_.suites12 = old;
  EXPECT_EQ(meet_with({.max_version = TLS1_2_VERSION}).suite, old);
  rules_.suites13 = "TLS_CHACHA20_POLY1305_SHA256";
  rules_.groups = "P-384";
  EXPECT_EQ(meet_with({}).suite, "TLS_CHACHA20_POLY1305_SHA256");
  EXPECT_EQ(meet_with({}).group, "secp384r1");
  EXPECT_FALSE(meet_with({.groups = "X25519"}).agreed);
}

TEST_F(TlsContextTest, ChoosesTheSuiteItselfUnlessToldOtherwise) {
  const std::string theirs = "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256";
  const TestClient client{.max_version = TLS1_2_VERSION, .suites12 = theirs};
  EXPECT_EQ(meet_with(client).suite, "ECDHE-ECDSA-AES128-GCM-SHA256");
  rules_.prefer_own_suites = false;
  EXPECT_EQ(meet_with(client).suite, "ECDHE-ECDSA-AES256-GCM-SHA384");
}

TEST_F(TlsContextTest, EachKindOfClientCertificateDoesWhatItsNameSays) {
  struct Row {
    ClientCertificate kind;
    bool none, stranger, known;
  };
  rules_.client_ca = authority_.certificate;
  for (const Row& row : {Row{ClientCertificate::None, true, true, true},
                         Row{ClientCertificate::Request, true, true, true},
                         Row{ClientCertificate::RequireAny, false, true, true},
                         Row{ClientCertificate::VerifyIfGiven, true, false, true},
                         Row{ClientCertificate::RequireAndVerify, false, false, true}}) {
    rules_.client_certificate = row.kind;
    SCOPED_TRACE(static_cast<int>(row.kind));
    EXPECT_EQ(lets_in(nullptr), row.none);
    EXPECT_EQ(lets_in(&stranger_), row.stranger);
    EXPECT_EQ(lets_in(&known_), row.known);
  }
}

TEST_F(TlsContextTest, AnExpiredClientIsNotLetIn) {
  rules_.client_ca = authority_.certificate;
  rules_.client_certificate = ClientCertificate::RequireAndVerify;
  const TestIdentity expired = make_identity({.name = "late", .days = -1}, &authority_);
  EXPECT_FALSE(lets_in(&expired));
}

TEST_F(TlsContextTest, OneOfTheNamesMustBeAllowedAndTheCertificateGood) {
  rules_.client_ca = authority_.certificate;
  rules_.client_certificate = ClientCertificate::RequireAndVerify;
  for (const auto& [allowed, expected] :
       std::vector<std::pair<std::string, bool>>{{"prometheus.example", true},
                                                 {"192.0.2.1", true},
                                                 {"prometheus", false},
                                                 {"PROMETHEUS.example", false},
                                                 {"client", false}}) {
    rules_.allowed_sans = {"nobody.example", allowed};
    EXPECT_EQ(lets_in(&known_), expected) << allowed;
  }
  rules_.allowed_sans = {"prometheus.example"};
  EXPECT_FALSE(lets_in(&stranger_)) << "the name is allowed, but nobody vouches for it";
  rules_.client_certificate = ClientCertificate::RequireAny;
  EXPECT_TRUE(lets_in(&stranger_));
}

TEST_F(TlsContextTest, AddressesAndUrisAreNamesToo) {
  const TestIdentity client = make_identity(
      {.name = "c",
       .alt_names = "IP:2001:db8::1,URI:spiffe://example/prometheus,email:a@b.example"},
      &authority_);
  rules_.client_ca = authority_.certificate;
  rules_.client_certificate = ClientCertificate::RequireAndVerify;
  for (const char* const name : {"2001:db8::1", "spiffe://example/prometheus", "a@b.example"}) {
    rules_.allowed_sans = {name};
    EXPECT_TRUE(lets_in(&client)) << name;
  }
}

TEST_F(TlsContextTest, ResumesNoSessionWhereClientsAreAsked) {
  EXPECT_TRUE(meet_with({.max_version = TLS1_2_VERSION}).resumable);
  rules_.client_certificate = ClientCertificate::Request;
  EXPECT_FALSE(meet_with({.max_version = TLS1_2_VERSION}).resumable);
  EXPECT_FALSE(meet_with({}).resumable);
}

TEST_F(TlsContextTest, AHandshakeUnderWayKeepsItsContext) {
  rules_.client_ca = authority_.certificate;
  rules_.client_certificate = ClientCertificate::RequireAndVerify;
  rules_.allowed_sans = {"prometheus.example"};
  auto context = tls_context(rules_);
  ASSERT_TRUE(context);
  const std::shared_ptr<ssl_ctx_st> kept = *context;
  context = Error{};
  EXPECT_TRUE(meet(*kept, {.identity = &known_}).agreed);
}

TEST_F(TlsContextTest, SaysWhichFileCannotBeUsed) {
  const TlsRules good = rules_;
  rules_.certificate = "nothing";
  EXPECT_EQ(complaint(),
            "tls_server_config.cert_file: holds no certificate in PEM, or a damaged one");
  rules_ = good;
  rules_.certificate += "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
  EXPECT_NE(complaint(), "");
  rules_ = good;
  rules_.key = Secret("nothing");
  EXPECT_EQ(complaint(),
            "tls_server_config.key_file: holds no private key in PEM, or an encrypted one");
  rules_.key = Secret(known_.key);
  EXPECT_EQ(complaint(),
            "tls_server_config.key_file: is not the key of the first certificate in cert_file");
  rules_ = good;
  rules_.client_certificate = ClientCertificate::RequireAndVerify;
  rules_.client_ca = "nothing";
  EXPECT_EQ(complaint(),
            "tls_server_config.client_ca_file: holds no certificate in PEM, or a damaged one");
  const TestIdentity weak = make_identity({.name = "weak", .rsa_bits = 1024});
  rules_ = good;
  rules_.certificate = weak.certificate;
  rules_.key = Secret(weak.key);
  EXPECT_EQ(complaint(),
            "tls_server_config.cert_file: its key is too weak, or of a kind that is not known");
}

TEST_F(TlsContextTest, TheFirstExpiryOfTheChainCounts) {
  const TestIdentity early =
      make_identity({.name = "between", .is_authority = true, .days = 1}, &authority_);
  const TestIdentity late = make_identity({.name = "server", .days = 9}, &early);
  rules_.certificate = late.certificate;
  rules_.key = Secret(late.key);
  const auto alone = tls_context(rules_);
  rules_.certificate += early.certificate;
  const auto chain = tls_context(rules_);
  ASSERT_TRUE(alone && chain);
  const auto apart = *first_expiry(**alone) - *first_expiry(**chain);
  EXPECT_NEAR(std::chrono::duration<double>(apart).count(), 8 * 24 * 3600, 60);
}

}  // namespace
}  // namespace restorewatch
