#include "web/web_server.h"

#include <gtest/gtest.h>

#include <future>
#include <list>
#include <stdexcept>

#include "base/shared_text_builder.h"
#include "fakes/served.h"
#include "web/raw_client.h"
#include "web/tls_access.h"

namespace restorewatch {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kLarge = 20'000'000;

/// Says what was asked for.
WebAnswer echo(const WebRequest& request) {
  WebAnswer answer;
  answer.body = shared_text({request.method + " ", request.path + " " + request.query});
  return answer;
}

WebHandler always(const SharedText& body) {
  return [body](const WebRequest&) {
    WebAnswer answer;
    answer.body = body;
    return answer;
  };
}

const std::string kClose = "Connection: close\r\n";

double turned_away(const Served& served, const std::string& reason) {
  for (const auto& family : served.telemetry().registry().Collect()) {
    if (family.name != "restorewatch_http_turned_away_total") continue;
    for (const auto& metric : family.metric) {
      if (metric.label.at(0).value == reason) return metric.counter.value;
    }
  }
  return -1;
}

/// A status and the body.
std::pair<int, std::string> read(const std::string& answer) {
  if (answer.size() < 12) return {0, answer};
  return {std::stoi(answer.substr(9)), answer.substr(answer.find("\r\n\r\n") + 4)};
}

using Answer = std::pair<int, std::string>;

TEST(WebServerTest, AnswersOneRequestAfterTheOtherOnOneConnection) {
  const Served served(echo);
  RawClient client(served.port());
  for (const std::string path : {"/a?b=c", "/d?"}) {
    ASSERT_TRUE(client.send(get(path)));
    const std::string answer = client.answer();
    EXPECT_EQ(read(answer).first, 200);
    EXPECT_NE(answer.find("X-Content-Type-Options: nosniff\r\n"), std::string::npos);
    EXPECT_EQ(answer.find("Connection: close"), std::string::npos);
  }
}

TEST(WebServerTest, AnswersWhatWasSentAheadInOrder) {
  const Served served(echo);
  RawClient client(served.port());
  ASSERT_TRUE(client.send(get("/1") + get("/2") + get("/3", kClose) + get("/4")));
  EXPECT_EQ(read(client.answer()), Answer(200, "GET /1 "));
  EXPECT_EQ(read(client.answer()), Answer(200, "GET /2 "));
  EXPECT_EQ(read(client.rest()), Answer(200, "GET /3 "));
}

TEST(WebServerTest, EndsTheConnectionWhereTheClientWantsThat) {
  const Served served(echo);
  for (const std::string& request : {get("/", kClose), std::string("GET / HTTP/1.0\r\n\r\n")}) {
    RawClient client(served.port());
    ASSERT_TRUE(client.send(request));
    EXPECT_NE(client.rest().find("Connection: close\r\n"), std::string::npos);
  }
}

TEST(WebServerTest, WhoHasEndedSendingIsAnswered) {
  const Served served(echo);
  RawClient client(served.port());
  ASSERT_TRUE(client.send(get("/a", kClose)));
  client.end_sending();
  EXPECT_EQ(read(client.rest()), Answer(200, "GET /a "));
}

TEST(WebServerTest, AHeadIsAnsweredWithoutABody) {
  const Served served(echo);
  RawClient client(served.port());
  ASSERT_TRUE(client.send("HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n"));
  const std::string answer = client.answer(true);
  EXPECT_NE(answer.find("Content-Length: 8\r\n"), std::string::npos) << answer;
  ASSERT_TRUE(client.send(get("/b")));
  EXPECT_EQ(read(client.answer()), Answer(200, "GET /b "));
}

TEST(WebServerTest, ABodyIsNeverReadAsTheNextRequest) {
  const Served served(echo);
  RawClient client(served.port());
  const std::string inner = get("/inner");
  ASSERT_TRUE(client.send(
      get("/outer", "Content-Length: " + std::to_string(inner.size()) + "\r\n") + inner));
  const std::string all = client.rest();
  EXPECT_NE(all.find("/outer"), std::string::npos);
  EXPECT_NE(all.find("Connection: close\r\n"), std::string::npos);
  EXPECT_EQ(all.find("/inner"), std::string::npos);
}

TEST(WebServerTest, WhatIsNoRequestIsRefusedAndEndsTheConnection) {
  const Served served(echo);
  for (const auto& [request, status] :
       std::map<std::string, int>{{"GET / HTTP/1.1\r\n\r\n", 400},
                                  {"GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505},
                                  {get("/", "X: " + std::string(9000, 'x') + "\r\n"), 431},
                                  {get("/", "Transfer-Encoding: chunked\r\n"), 400}}) {
    RawClient client(served.port());
    ASSERT_TRUE(client.send(request + get("/next")));
    const std::string all = client.rest();
    EXPECT_EQ(read(all).first, status) << request;
    EXPECT_EQ(all.find("/next"), std::string::npos);
  }
  EXPECT_EQ(turned_away(served, "malformed"), 3);
  EXPECT_EQ(turned_away(served, "too_large"), 1);
}

TEST(WebServerTest, RangesAreIgnored) {
  const Served served(always(shared_text({"0123456789"})));
  RawClient client(served.port());
  ASSERT_TRUE(client.send(get("/", "Range: bytes=0-1,0-1,0-1\r\nIf-Range: x\r\n")));
  EXPECT_EQ(read(client.answer()), Answer(200, "0123456789"));
}

TEST(WebServerTest, AnExceptionIsAnErrorThatTellsNothing) {
  const Served served([](const WebRequest&) -> WebAnswer { throw std::runtime_error("hunter2"); });
  RawClient client(served.port());
  ASSERT_TRUE(client.send(get("/", kClose)));
  const std::string all = client.rest();
  EXPECT_EQ(read(all).first, 500);
  EXPECT_EQ(all.find("hunter2"), std::string::npos);
}

TEST(WebServerTest, CompressesOnlyWhatIsToBeCompressed) {
  const Served served([](const WebRequest& request) {
    WebAnswer answer;
    answer.body = shared_text({std::string(10'000, 'a')});
    answer.compress = request.path == "/small";
    return answer;
  });
  RawClient client(served.port());
  ASSERT_TRUE(client.send(get("/small", "Accept-Encoding: br, gzip\r\n")));
  const std::string small = client.answer();
  EXPECT_NE(small.find("Content-Encoding: gzip\r\n"), std::string::npos);
  EXPECT_LT(small.size(), 1000U);
  ASSERT_TRUE(client.send(get("/", "Accept-Encoding: br, gzip\r\n")));
  EXPECT_GT(client.answer().size(), 10'000U);
}

TEST(WebServerTest, WhoDripsAHeadIsDroppedAtTheDeadline) {
  WebServerOptions options;
  options.limits.head_time = milliseconds(300);
  const Served served(echo, options);
  RawClient first(served.port());
  EXPECT_EQ(first.rest(), "");
  RawClient second(served.port());
  ASSERT_TRUE(second.send(get("/a")));
  EXPECT_EQ(read(second.answer()).first, 200);
  ASSERT_TRUE(second.send("GET /b"));  // has its own deadline, not that of idling
  EXPECT_EQ(second.rest(), "");
  EXPECT_EQ(turned_away(served, "too_slow"), 2);
}

TEST(WebServerTest, WhoIdlesForLongIsDroppedWithoutAWord) {
  WebServerOptions options;
  options.limits.idle = milliseconds(50);
  const Served served(echo, options);
  RawClient client(served.port());
  ASSERT_TRUE(client.send(get("/a")));
  EXPECT_EQ(read(client.answer()).first, 200);
  EXPECT_EQ(client.rest(), "");
  EXPECT_EQ(turned_away(served, "too_slow"), 0);
}

TEST(WebServerTest, WhoReadsTooSlowlyIsDropped) {
  WebServerOptions options;
  options.limits.pace_window = milliseconds(50);
  const Served served(always(shared_text({std::string(kLarge, 'a')})), options);
  RawClient client(served.port(), {.receive_buffer = 4096});
  ASSERT_TRUE(client.send(get("/")));
  while (turned_away(served, "too_slow") < 1) std::this_thread::yield();
  EXPECT_FALSE(client.drop(kLarge));
}

TEST(WebServerTest, ManySlowReadersShareTheBytes) {
  const auto page = std::make_shared<const std::string>(kLarge, 'a');
  SharedText body;
  body.add(page);
  const Served served(always(body));
  std::list<RawClient> readers;
  for (int i = 0; i < 20; ++i) {
    readers.emplace_back(served.port(), RawClient::Options{.receive_buffer = 4096});
    ASSERT_TRUE(readers.back().send(get("/")));
    ASSERT_TRUE(readers.back().drop(1000));
  }
  // Nobody but those who hold the page itself, or are being sent it, holds it.
  EXPECT_GE(page.use_count(), 20);
  RawClient quick(served.port());
  ASSERT_TRUE(quick.send(get("/", kClose)));
  EXPECT_TRUE(quick.drop(kLarge));
}

TEST(WebServerTest, WhatSlowReadersHoldForThemselvesIsLimited) {
  WebServerOptions options;
  options.limits.held_bytes = 3 * kLarge;
  const Served served(
      [](const WebRequest&) {
        WebAnswer answer;
        answer.body = shared_text({std::string(kLarge, 'a')});
        return answer;
      },
      options);
  std::list<RawClient> readers;
  for (int i = 0; i < 5; ++i) {
    readers.emplace_back(served.port(), RawClient::Options{.receive_buffer = 4096});
    ASSERT_TRUE(readers.back().send(get("/")));
    ASSERT_TRUE(readers.back().drop(1000));
  }
  // With its head each is a little larger, so there is room for two.
  while (turned_away(served, "displaced") < 3) std::this_thread::yield();
  EXPECT_FALSE(readers.front().drop(kLarge));
}

TEST(WebServerTest, ANewcomerTakesThePlaceOfWhoHasKeptUsWaitingLongest) {
  WebServerOptions options;
  options.limits.connections = 3;
  const Served served(echo, options);
  RawClient idle(served.port());
  ASSERT_TRUE(idle.send(get("/")));
  EXPECT_EQ(read(idle.answer()).first, 200);
  RawClient silent(served.port());
  RawClient dripping(served.port());
  ASSERT_TRUE(dripping.send("GET"));
  RawClient newcomer(served.port());
  ASSERT_TRUE(newcomer.send(get("/")));
  EXPECT_EQ(read(newcomer.answer()).first, 200);
  EXPECT_EQ(silent.rest(), "");
  ASSERT_TRUE(idle.send(get("/")));
  EXPECT_EQ(read(idle.answer()).first, 200);
  EXPECT_EQ(turned_away(served, "displaced"), 1);
}

TEST(WebServerTest, AnAddressTakesOnlyItsOwnShare) {
  WebServerOptions options;
  options.limits.connections_per_address = 2;
  const Served served(echo, options);
  RawClient other(served.port(), {.from = "127.0.0.2"});
  RawClient first(served.port());
  RawClient second(served.port());
  RawClient third(served.port());
  EXPECT_EQ(first.rest(), "");  // though the other has been silent for longer
  ASSERT_TRUE(other.send(get("/")));
  EXPECT_EQ(read(other.answer()).first, 200);
}

TEST(WebServerTest, WhereNobodyCanGoANewcomerIsToldSo) {
  WebServerOptions options;
  options.limits.connections = 1;
  std::promise<void> go_on;
  std::promise<void> begun;
  const Served served(
      [&](const WebRequest& request) {
        begun.set_value();
        go_on.get_future().wait();
        return echo(request);
      },
      options);
  RawClient first(served.port());
  ASSERT_TRUE(first.send(get("/")));
  begun.get_future().wait();
  RawClient second(served.port());
  const std::string answer = second.rest();
  EXPECT_EQ(read(answer).first, 503);
  EXPECT_NE(answer.find("Retry-After: 1\r\n"), std::string::npos);
  go_on.set_value();
  EXPECT_EQ(read(first.answer()).first, 200);
}

TEST(WebServerTest, WhatIsUrgentDoesNotWaitForWhatTakesLong) {
  WebServerOptions options;
  options.threads = 2;
  options.urgent = {"/urgent"};
  options.limits.queued_requests = 1;
  std::promise<void> go_on;
  const auto may_go_on = go_on.get_future().share();
  std::promise<void> begun;
  const Served served(
      [&](const WebRequest& request) {
        if (request.path == "/first") begun.set_value();
        if (request.path != "/urgent") may_go_on.wait();
        return echo(request);
      },
      options);
  RawClient first(served.port());
  ASSERT_TRUE(first.send(get("/first")));
  begun.get_future().wait();
  RawClient queued(served.port());
  ASSERT_TRUE(queued.send(get("/queued")));
  RawClient urgent(served.port());
  for (int i = 0; i < 2; ++i) {  // whoever took the first could take the queued one now
    ASSERT_TRUE(urgent.send(get("/urgent")));
    EXPECT_EQ(read(urgent.answer()), Answer(200, "GET /urgent "));
  }
  RawClient too_many(served.port());
  ASSERT_TRUE(too_many.send(get("/other")));
  EXPECT_EQ(read(too_many.answer()).first, 503);
  go_on.set_value();
  EXPECT_EQ(read(queued.answer()), Answer(200, "GET /queued "));
}

TEST(WebServerTest, ASecondServerCannotShareThePort) {
  const Served served(echo);
  WebServerOptions options;
  options.port = served.port();
  const SystemClock clock;
  Telemetry telemetry;
  const auto second = WebServer::bind(options, {clock, telemetry, echo, tls_access()});
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().kind, ErrorKind::BadConfig);
  EXPECT_NE(second.error().detail.find("web.listen_address"), std::string::npos);
}

TEST(WebServerTest, APageThatHasItsOwnNamePointedHereIsRefused) {
  const Served served(echo);
  RawClient client(served.port());
  const std::string port = std::to_string(served.port());
  ASSERT_TRUE(client.send("GET / HTTP/1.1\r\nHost: evil.example:" + port + "\r\n\r\n"));
  EXPECT_EQ(read(client.answer()).first, 421);
  EXPECT_EQ(turned_away(served, "foreign_host"), 1);
}

TEST(WebServerTlsTest, ServesOverTls) {
  const Served served(always(shared_text({"a", std::string(1'000'000, 'b'), "c"})), {},
                      tls_access());
  RawClient client(served.port(), {.tls = true});
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(client.send(get("/")));
    EXPECT_EQ(read(client.answer()), Answer(200, "a" + std::string(1'000'000, 'b') + "c"));
  }
}

TEST(WebServerTlsTest, AStalledHandshakeEndsAtTheDeadline) {
  WebServerOptions options;
  options.limits.handshake = milliseconds(50);
  const Served served(echo, options, tls_access());
  RawClient silent(served.port());
  EXPECT_EQ(silent.rest(), "");
  EXPECT_EQ(turned_away(served, "too_slow"), 1);
}

TEST(WebServerTlsTest, WhoSpeaksPlainlyIsNotAnswered) {
  const Served served(echo, {}, tls_access());
  RawClient client(served.port());
  ASSERT_TRUE(client.send(get("/")));
  EXPECT_EQ(client.rest().find("HTTP"), std::string::npos);
  EXPECT_EQ(turned_away(served, "tls_failed"), 1);
}

/// Lets somebody in who says "Basic yes", after a while, on another thread.
class SlowAccess final : public WebAccess {
 public:
  std::shared_ptr<ssl_ctx_st> tls() override { return nullptr; }
  void admit(std::string_view authorization, std::function<void(Admission)> then) override {
    if (authorization.empty()) return then(Admission::Unauthorized);
    thread_ = std::jthread([then = std::move(then), text = std::string(authorization)] {
      then(text == "Basic yes" ? Admission::Admitted : Admission::Busy);
    });
  }
  std::shared_ptr<const WebHeaders> headers() override { return headers_; }

 private:
  const std::shared_ptr<const WebHeaders> headers_ = std::make_shared<const WebHeaders>(
      WebHeaders{{"Strict-Transport-Security", "max-age=1"}, {"X-Content-Type-Options", "x"}});
  std::jthread thread_;
};

TEST(WebServerAccessTest, AsksWhoMayBeAnswered) {
  const Served served(echo, {}, std::make_shared<SlowAccess>());
  RawClient client(served.port());
  for (const auto& [line, status] :
       std::map<std::string, int>{{"", 401},
                                  {"Authorization: Basic no\r\n", 429},
                                  {"Authorization: Basic yes\r\n", 200}}) {
    ASSERT_TRUE(client.send(get("/", line)));
    const std::string answer = client.answer();
    EXPECT_EQ(read(answer).first, status) << answer;
    EXPECT_NE(answer.find("Strict-Transport-Security: max-age=1\r\n"), std::string::npos);
    EXPECT_EQ(answer.find("nosniff"), std::string::npos);  // somebody wants something else
    EXPECT_EQ(answer.find("WWW-Authenticate: Basic") != std::string::npos, status == 401);
    EXPECT_EQ(answer.find("Retry-After: ") != std::string::npos, status == 429);
  }
}

TEST(WebServerStopTest, StopRightAfterStartEndsIt) {
  for (int i = 0; i < 20; ++i) const Served served(echo);
}

TEST(WebServerStopTest, ClientsCannotHoldItUp) {
  WebServerOptions options;
  options.limits.stop = milliseconds(50);
  auto served = std::make_unique<Served>(always(shared_text({std::string(kLarge, 'a')})), options);
  RawClient silent(served->port());
  RawClient dripping(served->port());
  ASSERT_TRUE(dripping.send("GET / HT"));
  RawClient reading(served->port(), {.receive_buffer = 4096});
  ASSERT_TRUE(reading.send(get("/")));
  ASSERT_TRUE(reading.drop(100));
  const auto begun = std::chrono::steady_clock::now();
  served.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(5));
  EXPECT_EQ(silent.rest(), "");
  EXPECT_FALSE(reading.drop(kLarge));
}

TEST(WebServerStopTest, WhatWasAskedForIsAnsweredYet) {
  std::promise<void> begun;
  std::promise<void> go_on;
  auto served = std::make_unique<Served>([&](const WebRequest& request) {
    begun.set_value();
    go_on.get_future().wait();
    return echo(request);
  });
  RawClient client(served->port());
  ASSERT_TRUE(client.send(get("/")));
  begun.get_future().wait();
  served->server().stop();
  go_on.set_value();
  EXPECT_EQ(read(client.rest()), Answer(200, "GET / "));
}

}  // namespace
}  // namespace restorewatch
