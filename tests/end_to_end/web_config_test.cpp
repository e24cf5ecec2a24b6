// The daemon behind TLS and a login, as a client sees it.

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <csignal>
#include <fstream>

#include "end_to_end/stage.h"
#include "net/test_certificates.h"

namespace restorewatch {
namespace {

constexpr const char* kScenario = R"(projects:
  - {id: 5b69d0349b15c62cdfc38b78, name: shop, clusters: [{name: prod}]}
)";
// Of "correct horse", cost 4.
constexpr const char* kHash = "$2y$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e";

class WebConfigEndToEnd : public testing::Test {
 protected:
  WebConfigEndToEnd() {
    renew_certificate();
    write("web.yaml", fmt::format("tls_server_config: {{cert_file: web.crt, key_file: web.key}}\n"
                                  "basic_auth_users: {{alice: {}}}\n"
                                  "http_server_config: {{headers: {{X-Frame-Options: deny}}}}\n",
                                  kHash));
  }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(stage_.folder().file(name)) << text;
  }

  void renew_certificate() {
    const KeyPair server = make_server_certificate(authority_, "IP:127.0.0.1");
    write("web.crt", server.certificate);
    write("web.key", server.key);
    write("web-ca.pem", authority_.certificate);
  }

  void start() {
    stage_.start_daemon({.arguments = {"--web.config.file=" + stage_.folder().file("web.yaml")}});
    const std::string log = stage_.daemon().err();
    const auto at = log.find("https://127.0.0.1:");
    ASSERT_NE(at, std::string::npos) << log;
    port_ = std::stoi(log.substr(at + 18));
  }

  /// The status; -1 without an answer.
  int ask(const std::string& path, const std::string& password = "",
          httplib::Headers* headers = nullptr) const {
    httplib::SSLClient client("127.0.0.1", port_);
    client.set_ca_cert_path(stage_.folder().file("web-ca.pem").c_str());
    if (!password.empty()) client.set_basic_auth("alice", password);
    const auto answer = client.Get(path);
    if (!answer) return -1;
    if (headers != nullptr) *headers = answer->headers;
    return answer->status;
  }

  static std::string value_of(const httplib::Headers& headers, const std::string& name) {
    const auto found = headers.find(name);
    return found == headers.end() ? "" : found->second;
  }

  KeyPair authority_ = make_authority("web authority");
  Stage stage_{Login::Digest, kScenario};
  int port_ = 0;
};

TEST_F(WebConfigEndToEnd, OnlyWhoKnowsThePasswordIsAnswered) {
  start();
  httplib::Headers headers;
  EXPECT_EQ(ask("/metrics", "", &headers), 401);
  EXPECT_EQ(value_of(headers, "WWW-Authenticate").substr(0, 5), "Basic");
  EXPECT_EQ(ask("/-/healthy"), 401);
  EXPECT_EQ(ask("/metrics", "wrong"), 401);
  EXPECT_EQ(ask("/-/healthy", "correct horse", &headers), 200);
  EXPECT_EQ(value_of(headers, "X-Frame-Options"), "deny");
  httplib::Client plain("127.0.0.1", port_);
  const auto answer = plain.Get("/-/healthy");
  EXPECT_TRUE(!answer || answer->status != 200);
}

TEST_F(WebConfigEndToEnd, ANewCertificateIsShownAndABrokenOneIsNot) {
  start();
  ASSERT_EQ(ask("/-/healthy", "correct horse"), 200);
  authority_ = make_authority("another");
  renew_certificate();
  EXPECT_EQ(ask("/-/healthy", "correct horse"), -1) << "the old one is shown still";
  stage_.daemon().signal(SIGHUP);
  EXPECT_TRUE(eventually([&] { return ask("/-/healthy", "correct horse") == 200; }));
  write("web.key", "nothing");
  stage_.daemon().signal(SIGHUP);
  EXPECT_TRUE(eventually([&] {
    return stage_.daemon().err().find("the configuration is refused") != std::string::npos;
  }));
  EXPECT_EQ(ask("/-/healthy", "correct horse"), 200);
}

TEST_F(WebConfigEndToEnd, CheckReadsItToo) {
  stage_.configure({.projects = ""});
  const auto check = [&] {
    auto child = stage_.run({"check", "--web.config.file=" + stage_.folder().file("web.yaml")});
    const auto code = child->wait(std::chrono::seconds(30));
    return std::pair(code, child->err());
  };
  EXPECT_EQ(check().first, 0) << check().second;
  write("web.yaml", "basic_auth_users: {alice: hunter2}\n");
  const auto [code, complaint] = check();
  EXPECT_EQ(code, 2);
  EXPECT_NE(complaint.find("web.yaml:1:27: basic_auth_users.alice: must be a bcrypt hash"),
            std::string::npos)
      << complaint;
  EXPECT_EQ(complaint.find("hunter2"), std::string::npos);
}

}  // namespace
}  // namespace restorewatch
