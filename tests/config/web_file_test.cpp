#include "config/web_file.h"

#include <gtest/gtest.h>

#include "config/config_folder.h"
#include "config/mistakes.h"

namespace restorewatch {
namespace {

// Of "correct horse", cost 4.
constexpr const char* kHash = "$2y$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e";

WebFileOutcome load(const ConfigFolder& folder, std::string_view text) {
  folder.write("cert.pem", "the certificate");
  folder.write("key.pem", "the key");
  folder.write("ca.pem", "the authority");
  return load_web_file({folder.write("web.yaml", text), ""});
}

TEST(WebFileTest, ReadsEveryKeyOfTheFormat) {
  const ConfigFolder folder;
  const WebFileOutcome outcome = load(folder, std::string(R"(
tls_server_config:
  cert_file: cert.pem
  key_file: key.pem
  client_auth_type: RequireAndVerifyClientCert
  client_ca_file: ca.pem
  client_allowed_sans: [prometheus.example.net, 192.0.2.1]
  min_version: TLS12
  max_version: TLS13
  cipher_suites: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, TLS_AES_128_GCM_SHA256,
                  TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256]
  prefer_server_cipher_suites: false
  curve_preferences: [X25519, CurveP256]
http_server_config:
  http2: false
  headers:
    X-Frame-Options: deny
    Strict-Transport-Security: max-age=31536000
basic_auth_users:
  alice: )") + kHash + R"(
rate_limit: {interval: 1s, burst: 20}
)");
  ASSERT_TRUE(outcome.rules) << testing::PrintToString(lines(outcome.problems));
  EXPECT_EQ(lines(outcome.warnings), std::vector<std::string>{});
  WebRules expected;
  TlsRules& tls = expected.tls.emplace();
  tls.certificate = "the certificate";
  tls.key = Secret("the key");
  tls.client_certificate = ClientCertificate::RequireAndVerify;
  tls.client_ca = "the authority";
  tls.allowed_sans = {"prometheus.example.net", "192.0.2.1"};
  tls.suites12 = "ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-CHACHA20-POLY1305";
  tls.suites13 = "TLS_AES_128_GCM_SHA256";
  tls.groups = "X25519:P-256";
  tls.prefer_own_suites = false;
  expected.users = {{"alice", kHash}};
  expected.headers = {{"Strict-Transport-Security", "max-age=31536000"},
                      {"X-Frame-Options", "deny"}};
  expected.rate = RateRules{std::chrono::seconds{1}, 20};
  EXPECT_TRUE(*outcome.rules == expected);
}

TEST(WebFileTest, TakesCertificatesThatStandInTheFileItself) {
  const ConfigFolder folder;
  const auto outcome =
      load(folder, "tls_server_config:\n  cert: |\n    one\n    two\n  key: abc\n");
  ASSERT_TRUE(outcome.rules && outcome.rules->tls);
  EXPECT_EQ(outcome.rules->tls->certificate, "one\ntwo\n");
  EXPECT_EQ(outcome.rules->tls->key, Secret("abc"));
}

TEST(WebFileTest, AFileThatSaysNothingIsPlainHttpForEverybody) {
  const ConfigFolder folder;
  for (const char* const text : {"", "# nothing\n\n  # at all\n", "tls_server_config: {}\n",
                                 "basic_auth_users:\nrate_limit: {interval: 0s}\n"}) {
    const WebFileOutcome outcome = load(folder, text);
    ASSERT_TRUE(outcome.rules) << text << testing::PrintToString(lines(outcome.problems));
    EXPECT_TRUE(*outcome.rules == WebRules{}) << text;
  }
}

TEST(WebFileTest, ABareNameIsLookedUpAmongTheCredentialsFirst) {
  const ConfigFolder folder;
  const ConfigFolder credentials;
  credentials.write("key.pem", "the key that systemd hands over");
  folder.write("cert.pem", "the certificate");
  folder.write("key.pem", "another");
  const SecretPlaces places{
      folder.write("web.yaml", "tls_server_config: {cert_file: cert.pem, key_file: key.pem}\n"),
      credentials.path()};
  const WebFileOutcome outcome = load_web_file(places);
  ASSERT_TRUE(outcome.rules && outcome.rules->tls);
  EXPECT_EQ(outcome.rules->tls->key, Secret("the key that systemd hands over"));
  EXPECT_EQ(outcome.rules->tls->certificate, "the certificate");
}

TEST(WebFileTest, WarnsOfWhatIsAllowedButUnwise) {
  const ConfigFolder folder;
  const auto outcome = load(folder,
                            "tls_server_config: {cert_file: cert.pem, key_file: key.pem,\n"
                            "  client_auth_type: RequireAnyClientCert,\n"
                            "  cipher_suites: [TLS_RSA_WITH_AES_128_GCM_SHA256]}\n"
                            "http_server_config: {http2: true}\n");
  EXPECT_EQ(lines(outcome.warnings),
            (std::vector<std::string>{
                "2:21: tls_server_config.client_auth_type: lets in who has made a certificate for "
                "himself",
                "3:19: tls_server_config.cipher_suites[0]: who gets hold of the key later can read "
                "what was recorded before",
                "4:29: http_server_config.http2: is not spoken: HTTP/1.1 is what there is"}));
  const auto plain = load(folder, std::string("basic_auth_users: {alice: ") + kHash + "}\n");
  EXPECT_EQ(lines(plain.warnings),
            std::vector<std::string>{"basic_auth_users: without tls_server_config passwords go "
                                     "over the wire for all to read"});
}

TEST(WebFileTest, WarnsWhereTheTimeOfAnAnswerTellsUsersApart) {
  const ConfigFolder folder;
  std::string dearer = kHash;
  dearer[5] = '5';
  const auto outcome =
      load(folder, std::string("tls_server_config: {cert: a, key: b}\n") +
                       "basic_auth_users: {alice: " + kHash + ", bob: " + dearer + "}\n");
  ASSERT_EQ(outcome.warnings.size(), 1U);
  EXPECT_EQ(outcome.warnings[0].key, "basic_auth_users.bob");
}

class WebFileMistakeTest : public testing::TestWithParam<Mistake> {};

TEST_P(WebFileMistakeTest, IsNamedWithItsPlaceAndWhatToDo) {
  const ConfigFolder folder;
  const WebFileOutcome outcome = load(folder, GetParam().text);
  EXPECT_FALSE(outcome.rules);
  EXPECT_EQ(lines(outcome.problems), GetParam().expected);
}

const std::string kTls = "tls_server_config: {cert_file: cert.pem, key_file: key.pem, ";

INSTANTIATE_TEST_SUITE_P(
    All, WebFileMistakeTest,
    testing::Values(
        Mistake{"UnknownSection",
                "tls_config: {}\n",
                {"1:1: tls_config: unknown key; known here: tls_server_config, "
                 "http_server_config, basic_auth_users, rate_limit"}},
        Mistake{"MisspeltKey",
                kTls + "client_auth_typ: NoClientCert}\n",
                {"1:61: tls_server_config.client_auth_typ: unknown key; did you mean "
                 "client_auth_type?"}},
        Mistake{"NoCertificate",
                "tls_server_config: {min_version: TLS13}\n",
                {"1:20: tls_server_config: needs cert_file (or cert); without one there would be "
                 "no TLS at all",
                 "1:20: tls_server_config: needs key_file (or key)"}},
        Mistake{"MissingFile",
                "tls_server_config: {cert_file: other.pem, key_file: key.pem}\n",
                {"1:32: tls_server_config.cert_file: no such file"}},
        Mistake{"BothForms",
                "tls_server_config: {cert_file: cert.pem, cert: abc, key_file: key.pem}\n",
                {"1:48: tls_server_config.cert: is given beside cert_file; one of them will do"}},
        Mistake{"BrokenVersion",
                kTls + "min_version: TLS10}\n",
                {"1:74: tls_server_config.min_version: is broken and not spoken here; must be "
                 "TLS12 or TLS13"}},
        Mistake{"VersionsCrossed",
                kTls + "min_version: TLS13, max_version: TLS12}\n",
                {"1:94: tls_server_config.max_version: is below min_version, so that nobody could "
                 "connect"}},
        Mistake{"UnknownSuite",
                kTls + "cipher_suites: [TLS_RSA_WITH_RC4_128_SHA]}\n",
                {"1:77: tls_server_config.cipher_suites[0]: is no suite that Go takes for secure, "
                 "by its name there, such as TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"}},
        Mistake{"UnknownCurve",
                kTls + "curve_preferences: [CurveP224]}\n",
                {"1:81: tls_server_config.curve_preferences[0]: must be X25519, CurveP256, "
                 "CurveP384 or CurveP521"}},
        Mistake{"UnknownClientAuth",
                kTls + "client_auth_type: Require}\n",
                {"1:79: tls_server_config.client_auth_type: must be NoClientCert, "
                 "RequestClientCert, RequireAnyClientCert, VerifyClientCertIfGiven or "
                 "RequireAndVerifyClientCert"}},
        Mistake{"AuthorityForNothing",
                kTls + "client_ca_file: ca.pem}\n",
                {"1:20: tls_server_config: names a client_ca, but client_auth_type asks for no "
                 "certificate; RequireAndVerifyClientCert would"}},
        Mistake{"NamesForNothing",
                kTls + "client_allowed_sans: [a.example]}\n",
                {"1:82: tls_server_config.client_allowed_sans: needs client_auth_type: "
                 "RequireAndVerifyClientCert; a client without a certificate has none of these "
                 "names"}},
        Mistake{"ForeignHeader",
                "http_server_config: {headers: {Server: none}}\n",
                {"1:32: http_server_config.headers.Server: unknown key; known here: "
                 "Strict-Transport-Security, X-Content-Type-Options, X-Frame-Options, "
                 "X-XSS-Protection, Content-Security-Policy"}},
        Mistake{
            "HeaderOfTwoLines",
            "http_server_config: {headers: {Content-Security-Policy: \"a\\r\\nSet-Cookie: b\"}}\n",
            {"1:57: http_server_config.headers.Content-Security-Policy: must not hold control "
             "characters"}},
        Mistake{"HeaderValue",
                "http_server_config: {headers: {X-Frame-Options: allow}}\n",
                {"1:49: http_server_config.headers.X-Frame-Options: must be deny or sameorigin"}},
        Mistake{"PlainPassword",
                "basic_auth_users: {alice: hunter2}\n",
                {"1:27: basic_auth_users.alice: must be a bcrypt hash ($2a$, $2b$ or $2y$), as "
                 "`htpasswd -nBC 10 NAME` writes it"}},
        Mistake{"TooDear",
                "basic_auth_users: {alice: $2y$15$" + std::string(53, 'a') + "}\n",
                {"1:27: basic_auth_users.alice: costs more than 14: each login would take "
                 "seconds; hash it with 10"}},
        Mistake{"ColonInTheName",
                "basic_auth_users: {\"a:b\": $2y$04$" + std::string(53, 'a') + "}\n",
                {"1:27: basic_auth_users.a:b: the name holds a colon, and so could never log in"}},
        Mistake{"NoBurst",
                "rate_limit: {interval: 1s}\n",
                {"1:13: rate_limit: needs a burst of 1 at least; with 0 nobody is ever "
                 "answered"}}),
    name_of);

}  // namespace
}  // namespace restorewatch
