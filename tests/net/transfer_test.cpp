#include <gtest/gtest.h>
#include <zlib.h>

#include <latch>
#include <string>

#include "net/raw_server.h"
#include "net/running_loop.h"

namespace restorewatch {
namespace {

using std::chrono::milliseconds;

RawServer::Handler always(std::string answer) {
  return [answer = std::move(answer)](const ReceivedRequest&, ServerSocket& socket) {
    socket.send(answer);
  };
}

std::string gzip(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()), '\0');
  std::string in = text;
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

TEST(TransferTest, BringsStatusHeadersAndBody) {
  RawServer server(
      always(http_answer(404, "nothing", "X-Error-Code: GONE\r\nx-twice: 1\r\nX-TWICE: 2\r\n")));
  RunningLoop loop;
  const auto answer = loop.ask(get(server.url("/a?b=c")));
  ASSERT_TRUE(answer) << answer.error().detail;
  EXPECT_EQ(answer->status, 404);
  EXPECT_EQ(answer->body, "nothing");
  EXPECT_EQ(answer->headers.at("x-error-code"), "GONE");
  EXPECT_EQ(answer->headers.at("x-twice"), "2");
  const auto request = server.requests().at(0);
  EXPECT_EQ(request.method, "GET");
  EXPECT_EQ(request.target, "/a?b=c");
  EXPECT_TRUE(request.headers.at("user-agent").starts_with("restorewatch/"));
  EXPECT_NE(request.headers.at("accept-encoding").find("gzip"), std::string::npos);
}

TEST(TransferTest, TakesRoomAtOnceForABodyLikeTheLastOne) {
  const std::string body(100'000, 'x');
  RawServer server(always(http_answer(200, body)));
  RunningLoop loop;
  const auto first = loop.ask(get(server.url("/")));
  const auto second = loop.ask(get(server.url("/")));
  ASSERT_TRUE(first && second);
  EXPECT_EQ(second->body, body);
  EXPECT_GE(second->body.capacity(), body.size());
  EXPECT_LT(second->body.capacity(), body.size() * 5 / 4) << "it has grown by doubling";
}

TEST(TransferTest, PostsItsBodyAndThenGetsAgainWithTheSameHandle) {
  RawServer server(always(http_answer(200, "ok")));
  RunningLoop loop;
  HttpRequest post = get(server.url("/token"));
  post.method = HttpMethod::Post;
  post.body = "grant_type=client_credentials";
  post.headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                  {"Accept", "application/json"}};
  post.login = BasicLogin{"id", Secret("se:cret")};
  ASSERT_TRUE(loop.ask(post));
  ASSERT_TRUE(loop.ask(get(server.url("/jobs"))));
  const auto requests = server.requests();
  EXPECT_EQ(requests.at(0).method, "POST");
  EXPECT_EQ(requests.at(0).body, "grant_type=client_credentials");
  EXPECT_EQ(requests.at(0).headers.at("authorization"), "Basic aWQ6c2U6Y3JldA==");
  EXPECT_EQ(requests.at(0).headers.at("accept"), "application/json");
  EXPECT_EQ(requests.at(1).method, "GET");
  EXPECT_EQ(requests.at(1).body, "");
  EXPECT_FALSE(requests.at(1).headers.contains("authorization"));
  EXPECT_FALSE(requests.at(1).headers.contains("content-type"));
}

TEST(TransferTest, SendsABearerToken) {
  RawServer server(always(http_answer(200, "")));
  RunningLoop loop;
  HttpRequest request = get(server.url());
  request.login = BearerToken{Secret("a.b.c")};
  ASSERT_TRUE(loop.ask(request));
  EXPECT_EQ(server.requests().at(0).headers.at("authorization"), "Bearer a.b.c");
}

TEST(TransferTest, KeepsItsConnection) {
  RawServer server(always(http_answer(200, "ok")));
  RunningLoop loop;
  for (int i = 0; i < 20; ++i) {
    HttpRequest request = get(server.url());
    request.session = i % 2 == 0 ? "one" : "two";
    ASSERT_TRUE(loop.ask(request));
  }
  EXPECT_EQ(server.requests().size(), 20U);
  EXPECT_EQ(server.connections(), 1U);
}

TEST(TransferTest, OpensNoMoreThanMaxConnections) {
  std::atomic<int> now{0};
  std::atomic<int> most{0};
  RawServer server([&](const ReceivedRequest&, ServerSocket& socket) {
    const int mine = ++now;
    int seen = most;
    while (mine > seen && !most.compare_exchange_weak(seen, mine)) {
    }
    socket.gone_within(milliseconds(5));
    --now;
    socket.send(http_answer(200, "ok"));
  });
  NetOptions options;
  options.max_connections = 3;
  RunningLoop loop(options);
  std::vector<std::future<Result<HttpResponse>>> answers;
  answers.reserve(30);
  for (int i = 0; i < 30; ++i) answers.push_back(loop.send(get(server.url())));
  for (auto& answer : answers) EXPECT_TRUE(answer.get());
  EXPECT_EQ(server.connections(), 3U);
  EXPECT_LE(most, 3);
}

TEST(TransferTest, MoreConnectionsCountAtOnce) {
  std::latch all_there(3);
  RawServer server([&](const ReceivedRequest&, ServerSocket& socket) {
    all_there.arrive_and_wait();
    socket.send(http_answer(200, "ok"));
  });
  NetOptions options;
  options.max_connections = 1;
  RunningLoop loop(options);
  std::array<std::future<Result<HttpResponse>>, 3> answers;
  for (auto& answer : answers) answer = loop.send(get(server.url()));
  server.wait_for_requests(1);
  loop->post([&] { loop->set_max_connections(3); });
  for (auto& answer : answers) EXPECT_TRUE(answer.get());
}

TEST(TransferTest, DeadlineDoesNotCountTheWaitForATurn) {
  RawServer server([](const ReceivedRequest&, ServerSocket& socket) {
    socket.gone_within(milliseconds(60));
    socket.send(http_answer(200, "ok"));
  });
  NetOptions options;
  options.max_connections = 1;
  RunningLoop loop(options);
  std::vector<std::future<Result<HttpResponse>>> answers;
  for (int i = 0; i < 8; ++i) {
    HttpRequest request = get(server.url());
    request.timeout = milliseconds(400);  // less than all eight take together
    answers.push_back(loop.send(request));
  }
  for (auto& answer : answers) EXPECT_TRUE(answer.get());
}

TEST(TransferTest, DeadlineCutsAnAnswerThatDrips) {
  RawServer server([](const ReceivedRequest&, ServerSocket& socket) {
    socket.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
    while (!socket.gone_within(milliseconds(10)) && socket.send("x")) {
    }
    socket.close();
  });
  RunningLoop loop;
  HttpRequest request = get(server.url());
  request.timeout = milliseconds(150);
  const auto answer = loop.ask(request);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::Timeout);
  EXPECT_EQ(answer.error().detail, "no complete answer within 150 ms");
}

TEST(TransferTest, StopsAtTheBodyLimit) {
  RawServer server(always(http_answer(200, std::string(1001, 'x'))));
  RunningLoop loop;
  HttpRequest request = get(server.url());
  request.max_body_bytes = 1000;
  const auto answer = loop.ask(request);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::Malformed);
  EXPECT_EQ(answer.error().detail, "body larger than 1000 bytes");
  request.max_body_bytes = 1001;
  EXPECT_TRUE(loop.ask(request));
}

TEST(TransferTest, CountsTheBodyAfterDecompression) {
  // NOLINTNEXTLINE(bugprone-string-constructor): it is meant to be large
  const std::string bomb = gzip(std::string(20'000'000, 'x'));
  ASSERT_LT(bomb.size(), 100'000U);
  RawServer server(always(http_answer(200, bomb, "Content-Encoding: gzip\r\n")));
  RunningLoop loop;
  HttpRequest request = get(server.url());
  request.max_body_bytes = 1'000'000;
  const auto answer = loop.ask(request);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::Malformed);
  EXPECT_EQ(answer.error().detail, "body larger than 1000000 bytes");
}

TEST(TransferTest, Decompresses) {
  RawServer server(always(http_answer(200, gzip("hello"), "Content-Encoding: gzip\r\n")));
  RunningLoop loop;
  const auto answer = loop.ask(get(server.url()));
  ASSERT_TRUE(answer) << answer.error().detail;
  EXPECT_EQ(answer->body, "hello");
}

TEST(TransferTest, StopsAtTheHeaderLimit) {
  RawServer server([](const ReceivedRequest&, ServerSocket& socket) {
    socket.send("HTTP/1.1 200 OK\r\n");
    const std::string line = "X-Filler: " + std::string(1000, 'x') + "\r\n";
    for (int i = 0; i < 1000 && socket.send(line); ++i) {
    }
    socket.close();
  });
  RunningLoop loop;
  const auto answer = loop.ask(get(server.url()));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::Malformed);
  EXPECT_EQ(answer.error().detail, "headers larger than 65536 bytes");
}

struct BadAnswerCase {
  std::string_view name;
  std::string answer;
  ErrorKind kind;
};

class BadAnswerTest : public testing::TestWithParam<BadAnswerCase> {};

TEST_P(BadAnswerTest, IsAnErrorOfItsKind) {
  RawServer server([](const ReceivedRequest&, ServerSocket& socket) {
    socket.send(GetParam().answer);
    socket.close();
  });
  RunningLoop loop;
  const auto answer = loop.ask(get(server.url("/?secret=hunter2")));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, GetParam().kind) << answer.error().detail;
  EXPECT_FALSE(answer.error().detail.empty());
  EXPECT_EQ(answer.error().detail.find("hunter2"), std::string::npos) << answer.error().detail;
}

INSTANTIATE_TEST_SUITE_P(
    Answers, BadAnswerTest,
    testing::Values(
        BadAnswerCase{"Nothing", "", ErrorKind::Unreachable},
        BadAnswerCase{"Truncated", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
                      ErrorKind::Malformed},
        BadAnswerCase{"NoHttp", "220 smtp.example.net ready, say hello to me\r\n",
                      ErrorKind::Malformed},
        BadAnswerCase{"BadGzip",
                      "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd",
                      ErrorKind::Malformed},
        BadAnswerCase{"BadChunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc",
                      ErrorKind::Unreachable}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(TransferTest, FollowsNoRedirect) {
  RawServer other(always(http_answer(200, "stolen")));
  RawServer server(always(http_answer(302, "", "Location: " + other.url() + "\r\n")));
  RunningLoop loop;
  HttpRequest request = get(server.url());
  request.login = BearerToken{Secret("token")};
  const auto answer = loop.ask(request);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 302);
  EXPECT_EQ(other.connections(), 0U);
}

TEST(TransferTest, SaysWhenNobodyListens) {
  std::string url;
  {
    RawServer gone(always(""));
    url = gone.url("/path?secret=hunter2");
  }
  RunningLoop loop;
  const auto answer = loop.ask(get(url));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::Unreachable);
  EXPECT_NE(answer.error().detail.find("127.0.0.1"), std::string::npos) << answer.error().detail;
  EXPECT_EQ(answer.error().detail.find("hunter2"), std::string::npos) << answer.error().detail;
}

TEST(TransferTest, RefusesPlainHttpToOtherHosts) {
  RunningLoop loop;
  const auto answer = loop.ask(get("http://cloud.example.net/path?secret=hunter2"));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::Unreachable);
  EXPECT_EQ(
      answer.error().detail,
      "not sent: plain http is for loopback addresses only, and cloud.example.net is not one");
}

TEST(TransferTest, ReachesLocalhostByName) {
  RawServer server(always(http_answer(200, "ok")));
  RunningLoop loop;
  EXPECT_TRUE(loop.ask(get("http://localhost:" + std::to_string(server.port()) + "/")));
}

TEST(TransferTest, RefusesALineBreakInAHeader) {
  RawServer server(always(http_answer(200, "ok")));
  RunningLoop loop;
  HttpRequest request = get(server.url());
  request.login = BearerToken{Secret("token\r\nX-Smuggled: yes")};
  const auto answer = loop.ask(request);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::Malformed);
  EXPECT_EQ(answer.error().detail.find("token\r"), std::string::npos);
  EXPECT_EQ(server.connections(), 0U);
}

/// The environment for the length of a test. To be set before any thread starts.
class Environment {
 public:
  explicit Environment(const std::string& proxy) {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): no thread runs yet
    for (const char* name : kNames) setenv(name, proxy.c_str(), 1);
  }
  ~Environment() {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): no thread runs any more
    for (const char* name : kNames) unsetenv(name);
  }

 private:
  static constexpr std::array kNames{"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy",
                                     "ALL_PROXY"};
};

TEST(TransferTest, IgnoresTheEnvironmentsProxy) {
  RawServer proxy(always(http_answer(200, "from the proxy")));
  const Environment environment(proxy.url());
  RawServer server(always(http_answer(200, "from the server")));
  RunningLoop loop;
  const auto answer = loop.ask(get(server.url()));
  ASSERT_TRUE(answer) << answer.error().detail;
  EXPECT_EQ(answer->body, "from the server");
  HttpRequest secure = get("https://127.0.0.1:" + std::to_string(server.port()) + "/");
  secure.timeout = milliseconds(100);
  EXPECT_FALSE(loop.ask(secure));  // the server speaks no TLS
  EXPECT_EQ(proxy.connections(), 0U);
}

TEST(TransferTest, ARequestsOwnProxyTakesThePlaceOfTheLoops) {
  RawServer loops(always(http_answer(503, "no")));
  RawServer own(always(http_answer(503, "no")));
  NetOptions options;
  options.proxy_url = "http://127.0.0.1:" + std::to_string(loops.port());
  RunningLoop loop(options);
  HttpRequest request = get("https://example.test/");
  request.proxy_url = "http://127.0.0.1:" + std::to_string(own.port());
  EXPECT_FALSE(loop.ask(request));
  EXPECT_EQ(own.requests().at(0).method, "CONNECT");
  EXPECT_FALSE(loop.ask(get("https://example.test/")));
  EXPECT_EQ(own.connections(), 1U);
  EXPECT_EQ(loops.requests().at(0).method, "CONNECT");
}

TEST(TransferTest, UsesTheConfiguredProxyForHttpsAndKeepsItsLoginSecret) {
  RawServer proxy(always(http_answer(503, "no")));
  NetOptions options;
  options.proxy_url = "http://user:hunter2@127.0.0.1:" + std::to_string(proxy.port());
  RunningLoop loop(options);
  const auto answer = loop.ask(get("https://cloud.example.net/"));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().detail.find("hunter2"), std::string::npos) << answer.error().detail;
  EXPECT_EQ(proxy.requests().at(0).method, "CONNECT");
  EXPECT_EQ(proxy.requests().at(0).target, "cloud.example.net:443");
}

TEST(TransferTest, NoProxyStandsBetweenTheLoopAndPlainLoopback) {
  RawServer proxy(always(http_answer(200, "from the proxy")));
  RawServer server(always(http_answer(200, "from the server")));
  NetOptions options;
  options.proxy_url = proxy.url();
  RunningLoop loop(options);
  EXPECT_EQ(loop.ask(get(server.url()))->body, "from the server");
  EXPECT_EQ(proxy.connections(), 0U);
}

}  // namespace
}  // namespace restorewatch
