// Files that promtool takes are taken, and files that it refuses are refused; where that is not so,
// the row says why.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "app/web_rules_reader.h"
#include "end_to_end/stage.h"
#include "web/handshake.h"

namespace restorewatch {
namespace {

enum class Verdict { Good, Bad };

struct Row {
  std::string name;
  std::string text;
  Verdict promtools;
  Verdict ours;
  std::string why{};  // they differ
};

void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

Row good(std::string name, std::string text) {
  return {std::move(name), std::move(text), Verdict::Good, Verdict::Good};
}
Row bad(std::string name, std::string text) {
  return {std::move(name), std::move(text), Verdict::Bad, Verdict::Bad};
}
Row stricter(std::string name, std::string text, std::string why) {
  return {std::move(name), std::move(text), Verdict::Good, Verdict::Bad, std::move(why)};
}
/// What Debian 12's promtool, 2.42, is too old for.
Row newer(std::string name, std::string text) {
  return {std::move(name), std::move(text), Verdict::Bad, Verdict::Good,
          "exporter-toolkit learned it after promtool 2.42"};
}

const std::string kCert = "tls_server_config:\n  cert_file: server.crt\n  key_file: server.key\n";
std::string the_example() {
  std::ostringstream text;
  text << std::ifstream(RW_SOURCE_DIR "/config/web-config.yaml").rdbuf();
  return text.str();
}

const std::string kHash = "$2y$10$QOauhQNbBCuQDKes6eFzPeMqBSjb7Mr5DUmpZ/VcEd00UAV/LDeSi";

class VerdictsTest : public testing::TestWithParam<Row> {
 protected:
  VerdictsTest() {
    const TestIdentity server = make_identity({.name = "server"});
    const TestIdentity other = make_identity({.name = "other"});
    write("server.crt", server.certificate);
    write("server.key", server.key);
    write("other.key", other.key);
    write("empty.pem", "");
    write("web.yaml", GetParam().text);
  }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_.file(name)) << text;
  }

  Verdict promtools() const {
    Child promtool(
        {Stage::prometheus_program("promtool"), "check", "web-config", folder_.file("web.yaml")},
        folder_.file("promtool"));
    const auto code = promtool.wait(std::chrono::seconds(30));
    if (!code || (*code != 0 && *code != 1)) throw std::runtime_error(promtool.err());
    return *code == 0 ? Verdict::Good : Verdict::Bad;
  }

  Verdict ours() const {
    const WebReading reading = judge_web_rules(SecretPlaces{folder_.file("web.yaml"), ""});
    return reading.rules ? Verdict::Good : Verdict::Bad;
  }

  TemporaryFolder folder_;
};

TEST_P(VerdictsTest, AgreeUnlessTheRowSaysWhyNot) {
  EXPECT_EQ(promtools(), GetParam().promtools);
  EXPECT_EQ(ours(), GetParam().ours);
  EXPECT_EQ(GetParam().promtools != GetParam().ours, !GetParam().why.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Good, VerdictsTest,
    testing::Values(
        good("Example", the_example()), good("Empty", ""), good("Comments", "# nothing\n"),
        good("EmptySections", "tls_server_config: {}\nbasic_auth_users: {}\n"), good("Tls", kCert),
        good("AllVersions", kCert + "  min_version: TLS12\n  max_version: TLS13\n"),
        good("Suites", kCert +
                           "  cipher_suites: [TLS_AES_128_GCM_SHA256, "
                           "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, "
                           "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA, TLS_RSA_WITH_AES_128_CBC_SHA]\n"),
        good("Curves", kCert + "  curve_preferences: [X25519, CurveP256, CurveP384, CurveP521]\n"),
        good("Preference", kCert + "  prefer_server_cipher_suites: false\n"),
        good("NoClients", kCert + "  client_auth_type: NoClientCert\n"),
        good("AnyClient", kCert + "  client_auth_type: RequireAnyClientCert\n"),
        good("OldName", kCert + "  client_auth_type: RequireClientCert\n"),
        good("AskedClient", kCert + "  client_auth_type: RequestClientCert\n"),
        good("VerifiedClient", kCert + "  client_auth_type: RequireAndVerifyClientCert\n"
                                       "  client_ca_file: server.crt\n"),
        good("VerifiedIfGiven", kCert + "  client_auth_type: VerifyClientCertIfGiven\n"
                                        "  client_ca_file: server.crt\n"),
        good("SystemsAuthorities", kCert + "  client_auth_type: RequireAndVerifyClientCert\n"),
        good("Http2", "http_server_config: {http2: true}\n"),
        good("Headers",
             "http_server_config:\n  headers:\n    X-Frame-Options: deny\n"
             "    X-Content-Type-Options: nosniff\n    X-XSS-Protection: 1; mode=block\n"
             "    Content-Security-Policy: default-src 'self'\n"
             "    Strict-Transport-Security: max-age=1\n"),
        good("User", "basic_auth_users: {alice: " + kHash + "}\n")),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Bad, VerdictsTest,
    testing::Values(
        bad("NotYaml", "tls_server_config: [\n"), bad("UnknownSection", "tls_config: {}\n"),
        bad("UnknownKey", kCert + "  cert: 1\n  certs: 1\n"),
        bad("GivenTwice", kCert + "  cert_file: server.crt\n"),
        bad("NoKey", "tls_server_config: {cert_file: server.crt}\n"),
        bad("NoCertificate", "tls_server_config: {key_file: server.key}\n"),
        bad("MissingFile", "tls_server_config: {cert_file: none.crt, key_file: server.key}\n"),
        bad("EmptyFile", "tls_server_config: {cert_file: empty.pem, key_file: server.key}\n"),
        bad("OtherKey", "tls_server_config: {cert_file: server.crt, key_file: other.key}\n"),
        bad("Version", kCert + "  min_version: TLS14\n"),
        bad("Suite", kCert + "  cipher_suites: [TLS_RSA_WITH_RC4_128_SHA]\n"),
        bad("Curve", kCert + "  curve_preferences: [CurveP224]\n"),
        bad("ClientAuth", kCert + "  client_auth_type: Require\n"),
        bad("AuthorityForNothing", kCert + "  client_ca_file: server.crt\n"),
        bad("MissingAuthority", kCert + "  client_auth_type: RequireAndVerifyClientCert\n"
                                        "  client_ca_file: none.crt\n"),
        bad("ForeignHeader", "http_server_config: {headers: {Server: none}}\n"),
        bad("HeaderValue", "http_server_config: {headers: {X-Frame-Options: allow}}\n"),
        bad("PlainPassword", "basic_auth_users: {alice: hunter2}\n"),
        bad("Sha", "basic_auth_users: {alice: \"{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=\"}\n")),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Different, VerdictsTest,
    testing::Values(
        stricter("TlsWithoutCertificate", "tls_server_config: {min_version: TLS13}\n",
                 "there it means plain HTTP, without a word"),
        stricter("BrokenVersion", kCert + "  min_version: TLS10\n", "1.0 and 1.1 are not spoken"),
        stricter("CrossedVersions", kCert + "  min_version: TLS13\n  max_version: TLS12\n",
                 "nobody could connect"),
        stricter("AuthorityWithoutCertificates",
                 kCert + "  client_auth_type: RequireAndVerifyClientCert\n"
                         "  client_ca_file: server.key\n",
                 "there it means that nobody comes in"),
        stricter("TooDear", "basic_auth_users: {alice: $2y$15$" + kHash.substr(7) + "}\n",
                 "each login would take seconds"),
        stricter("UnsoundHash", "basic_auth_users: {alice: $2x$10$" + kHash.substr(7) + "}\n",
                 "bytes above 127 are hashed wrongly"),
        stricter("ColonInTheName", "basic_auth_users: {\"a:b\": " + kHash + "}\n",
                 "nobody could log in by it"),
        stricter("HeaderOfTwoLines",
                 "http_server_config: {headers: {X-XSS-Protection: \"1\\r\\nSet-Cookie: a\"}}\n",
                 "a value that ends its line makes headers of its own"),
        stricter("OtherWordsForTrue", "http_server_config: {http2: yes}\n",
                 "a word is true or false, as in the rest of the configuration"),
        stricter("Anchors", "basic_auth_users: {alice: &hash " + kHash + ", bob: *hash}\n",
                 "as in the rest of the configuration")),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Newer, VerdictsTest,
    testing::Values(newer("Names", kCert + "  client_auth_type: RequireAnyClientCert\n"
                                           "  client_allowed_sans: [a.example]\n"),
                    newer("Rate", "rate_limit: {interval: 1s, burst: 20}\n"),
                    newer("Inline",
                          [] {
                            const TestIdentity server = make_identity({.name = "server"});
                            const auto block = [](const std::string& pem) {
                              std::string text = "|\n";
                              std::istringstream lines(pem);
                              for (std::string line; std::getline(lines, line);) {
                                text += "    " + line + "\n";
                              }
                              return text;
                            };
                            return "tls_server_config:\n  cert: " + block(server.certificate) +
                                   "  key: " + block(server.key);
                          }())),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace restorewatch
