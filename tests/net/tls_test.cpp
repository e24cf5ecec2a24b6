#include <gtest/gtest.h>
#include <httplib.h>

#include <thread>

#include "net/running_loop.h"
#include "net/test_certificates.h"

namespace restorewatch {
namespace {

/// An HTTPS server with a certificate made for the test.
class TlsServer {
 public:
  explicit TlsServer(const KeyPair& pair)
      : certificate_(pair.certificate),
        key_(pair.key),
        server_(certificate_.path().c_str(), key_.path().c_str()) {
    server_.Get("/", [](const httplib::Request&, httplib::Response& response) {
      response.set_content("ok", "text/plain");
    });
    server_.set_keep_alive_timeout(1);
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::jthread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }
  ~TlsServer() { server_.stop(); }
  TlsServer(const TlsServer&) = delete;
  TlsServer& operator=(const TlsServer&) = delete;

  std::string url() const { return "https://127.0.0.1:" + std::to_string(port_) + "/"; }

 private:
  TemporaryFile certificate_;
  TemporaryFile key_;
  httplib::SSLServer server_;
  int port_ = 0;
  std::jthread thread_;
};

class TlsTest : public testing::Test {
 protected:
  KeyPair authority_ = make_authority("an authority of this test");
  TemporaryFile authority_file_{authority_.certificate};

  Result<HttpResponse> ask(const TlsServer& server, bool trusted) {
    NetOptions options;
    if (trusted) options.ca_file = authority_file_.path();
    RunningLoop loop(options);
    return loop.ask(get(server.url()));
  }
};

TEST_F(TlsTest, RefusesAnUnknownAuthority) {
  const TlsServer server(make_server_certificate(authority_, "IP:127.0.0.1"));
  const auto answer = ask(server, false);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::Unreachable);
  EXPECT_TRUE(answer.error().detail.starts_with("TLS: the server's certificate is not trusted: "))
      << answer.error().detail;
}

TEST_F(TlsTest, AcceptsTheAuthorityOfItsCaFile) {
  const TlsServer server(make_server_certificate(authority_, "IP:127.0.0.1"));
  const auto answer = ask(server, true);
  ASSERT_TRUE(answer) << answer.error().detail;
  EXPECT_EQ(answer->body, "ok");
}

TEST_F(TlsTest, RefusesACertificateForAnotherName) {
  const TlsServer server(make_server_certificate(authority_, "DNS:other.example.net"));
  const auto answer = ask(server, true);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::Unreachable);
  EXPECT_TRUE(answer.error().detail.starts_with("TLS: the server's certificate is not trusted: "))
      << answer.error().detail;
}

TEST_F(TlsTest, ConnectionsAfterTheFirstTrustTheSameAuthorities) {
  const TlsServer first(make_server_certificate(authority_, "IP:127.0.0.1"));
  const TlsServer second(make_server_certificate(authority_, "IP:127.0.0.1"));
  const TlsServer stranger(
      make_server_certificate(make_authority("somebody else"), "IP:127.0.0.1"));
  NetOptions options;
  options.ca_file = authority_file_.path();
  RunningLoop loop(options);
  EXPECT_TRUE(loop.ask(get(first.url())));
  EXPECT_TRUE(loop.ask(get(second.url())));
  EXPECT_FALSE(loop.ask(get(stranger.url())));
}

}  // namespace
}  // namespace restorewatch
