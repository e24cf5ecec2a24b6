#include "net/liveness.h"

#include <gtest/gtest.h>
#include <httplib.h>

#include <thread>

#include "net/raw_server.h"
#include "net/test_certificates.h"

namespace restorewatch {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds kPatience{30};  // never reached where an answer comes

/// What a server is taken for that answers with these bytes and closes.
Result<std::string> asked_of(const std::string& bytes, milliseconds patience = kPatience) {
  RawServer server([&](const ReceivedRequest& request, ServerSocket& socket) {
    EXPECT_EQ(request.target, "/-/healthy");
    socket.send(bytes);
    socket.close();
  });
  return ask_whether_alive("127.0.0.1", server.port(), patience);
}

TEST(Liveness, WhoAnswersOrAsksForAPasswordIsAlive) {
  for (const int status : {200, 401, 429}) {
    const auto answer = asked_of(http_answer(status, "text"));
    ASSERT_TRUE(answer) << status << ": " << answer.error().detail;
    EXPECT_EQ(*answer, "answers " + std::to_string(status));
  }
}

TEST(Liveness, AnyOtherStatusIsNot) {
  for (const int status : {302, 404, 500, 503}) {
    const auto answer = asked_of(http_answer(status, "text"));
    ASSERT_FALSE(answer) << status;
    EXPECT_EQ(answer.error().kind, ErrorKind::Other);
  }
}

TEST(Liveness, WhoBreaksOffOrSpeaksNothingKnownIsNot) {
  // Asked over TLS then, this server waits for more.
  for (const char* bytes : {"", "\x15\x03\x03", "SSH-2.0-server\r\n"}) {
    EXPECT_FALSE(asked_of(bytes, milliseconds(200))) << bytes;
  }
}

TEST(Liveness, ASilentServerIsGivenUpInTime) {
  RawServer server(
      [](const ReceivedRequest&, ServerSocket& socket) { (void)socket.gone_within(kPatience); });
  const auto answer = ask_whether_alive("127.0.0.1", server.port(), milliseconds(200));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::Timeout);
}

TEST(Liveness, NobodyThereIsNotAlive) {
  std::uint16_t port = 0;
  {
    const RawServer gone([](const ReceivedRequest&, ServerSocket&) {});
    port = gone.port();
  }
  const auto answer = ask_whether_alive("127.0.0.1", port, kPatience);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::Unreachable);
}

/// A server with a certificate that nobody trusts; with `clients`, one that wants theirs.
class LivenessOverTls : public testing::Test {
 protected:
  Result<std::string> asked_of_tls(const char* clients) {
    httplib::SSLServer server(certificate_.path().c_str(), key_.path().c_str(), clients);
    server.Get("/-/healthy", [](const httplib::Request&, httplib::Response& response) {
      response.set_content("ok", "text/plain");
    });
    server.set_keep_alive_timeout(1);
    const int port = server.bind_to_any_port("127.0.0.1");
    const std::jthread thread([&] { server.listen_after_bind(); });
    while (!server.is_running()) std::this_thread::yield();
    const auto answer = ask_whether_alive("127.0.0.1", static_cast<std::uint16_t>(port), kPatience);
    server.stop();
    return answer;
  }

  KeyPair authority_ = make_authority("an authority of this test");
  KeyPair pair_ = make_server_certificate(authority_, "DNS:other.example.net");
  TemporaryFile certificate_{pair_.certificate};
  TemporaryFile key_{pair_.key};
  TemporaryFile clients_{authority_.certificate};
};

TEST_F(LivenessOverTls, IsAskedWithoutVerification) {
  const auto answer = asked_of_tls(nullptr);
  ASSERT_TRUE(answer) << answer.error().detail;
  EXPECT_EQ(*answer, "answers 200");
}

TEST_F(LivenessOverTls, AServerThatWantsACertificateIsAlive) {
  const auto answer = asked_of_tls(clients_.path().c_str());
  ASSERT_TRUE(answer) << answer.error().detail;
  EXPECT_EQ(*answer, "speaks TLS, and asks for a client certificate");
}

}  // namespace
}  // namespace restorewatch
